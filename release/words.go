package main

// sayTitle is what the product is called.
const sayTitle = "证书补办申请系统"

// sayNotices stands above the notices, which people read.
const sayNotices = `证书补办申请系统（certreissue）使用了下列开源组件，许可声明按原文列出。
本系统自身的许可由所有者决定，目前尚未选定。
`

package handlers

// The words of one's own access: where one is signed in.

const sayUnknownDevice = "其他设备"

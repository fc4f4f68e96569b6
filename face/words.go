package face

// sayDamaged is what Load's error says.
const sayDamaged = "程序文件不完整（识别人脸的数据已损坏），请重新下载程序，替换后再启动。"

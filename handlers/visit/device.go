package visit

import (
	"strings"
)

// sign is what a browser's User-Agent holds, and its word.
type sign struct{ holds, word string }

// The first that fits counts: most browsers name others besides themselves.
var (
	deviceSigns = []sign{
		{"iPad", "iPad"}, {"iPhone", "iPhone"}, {"HarmonyOS", "鸿蒙设备"}, {"OpenHarmony", "鸿蒙设备"}, {"Android", "安卓设备"},
		{"Windows", "Windows 电脑"}, {"Macintosh", "Mac 电脑"}, {"CrOS", "Chromebook"}, {"Linux", "Linux 电脑"},
	}
	browserSigns = []sign{
		{"MicroMessenger", "微信"}, {"DingTalk", "钉钉"}, {"AlipayClient", "支付宝"}, {"UCBrowser", "UC 浏览器"}, {"MQQBrowser", "QQ 浏览器"},
		{"QQBrowser", "QQ 浏览器"}, {"QIHU", "360 浏览器"}, {"360SE", "360 浏览器"}, {"HuaweiBrowser", "华为浏览器"}, {"MiuiBrowser", "小米浏览器"},
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"MSIE", "IE"}, {"Trident", "IE"},
		{"Chrome", "Chrome"}, {"CriOS", "Chrome"}, {"Safari", "Safari"},
	}
)

// deviceName says in words where somebody signs in from. The User-Agent itself
// is not kept: it tells more than its owner needs.
func deviceName(userAgent string) string {
	word := func(signs []sign) string {
		for _, s := range signs {
			if strings.Contains(userAgent, s.holds) {
				return s.word
			}
		}
		return ""
	}
	device, browser := word(deviceSigns), word(browserSigns)
	switch {
	case device == "" && browser == "":
		return SayUnknownDevice
	case device == "" || browser == "":
		return device + browser
	}
	return device + " · " + browser
}

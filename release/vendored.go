package main

// vendored are the files of others in the source that the program carries. Beside each
// lies its notice.
var vendored = []work{
	{name: "cropperjs", version: "1.6.3", purl: "pkg:npm/cropperjs@1.6.3", notices: []string{"static/cropper.license.txt"}},
	{name: "@mediapipe/face_detection", version: "0.4.1646425229", purl: "pkg:npm/%40mediapipe/face_detection@0.4.1646425229", notices: []string{"face/face_detection_short_range.license.txt"}},
	{name: "@zxcvbn-ts/language-common", version: "4.1.3", purl: "pkg:npm/%40zxcvbn-ts/language-common@4.1.3", notices: []string{"password/common.license.txt"}},
}

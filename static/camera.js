// A photo from the camera at the counter: what it takes goes into the form as a chosen file does, and photo.js
// goes on from there. Where there is no camera, or the browser gives none away (without TLS), nothing is offered.
// ES5, like app.js.
if (window.eachPage) { window.eachPage(function () {
  'use strict';
  function byId(id) { return document.getElementById(id); }
  var input = byId('photo'), offer = byId('camera-offer'), box = byId('camera'), media = navigator.mediaDevices;
  if (!input || !offer || !media || !media.getUserMedia || !window.DataTransfer) { return; }
  var view = box.querySelector('video'), said = byId('camera-said'), stream = null, asking = false;

  function stop() {
    if (stream) { stream.getTracks().forEach(function (track) { track.stop(); }); }
    stream = null;
    box.hidden = true;
    offer.hidden = false;
  }

  offer.hidden = false;
  offer.querySelector('button').addEventListener('click', function () {
    said.textContent = '';
    if (asking) { return; } // a second stream would never be stopped
    asking = true;
    media.getUserMedia({ video: { width: { ideal: 1920 }, height: { ideal: 1080 } } }).then(function (opened) {
      asking = false;
      stream = opened;
      view.srcObject = opened;
      view.play();
      box.hidden = false;
      offer.hidden = true;
    }, function () {
      asking = false;
      said.textContent = '摄像头没有打开：请检查是否接好、是否允许本网页使用，或选择照片文件。';
    });
  });

  byId('camera-take').addEventListener('click', function () {
    if (!view.videoWidth) { return; } // no picture has come yet
    var canvas = document.createElement('canvas');
    canvas.width = view.videoWidth;
    canvas.height = view.videoHeight;
    canvas.getContext('2d').drawImage(view, 0, 0);
    canvas.toBlob(function (blob) {
      var files = new DataTransfer(), event = document.createEvent('Event');
      files.items.add(new File([blob], 'camera.jpg', { type: 'image/jpeg' }));
      input.files = files.files;
      stop();
      event.initEvent('change', true, false);
      input.dispatchEvent(event);
    }, 'image/jpeg', 0.95);
  });

  byId('camera-close').addEventListener('click', stop);
  input.form.addEventListener('submit', stop); // the answer may come in the place of this page
}); }

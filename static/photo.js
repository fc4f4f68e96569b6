// Cropping a photo before it travels: what is sent is the small JPEG that stands on the page, byte for
// byte, and the server judges it as any other. A browser that lacks something of this sends the file as
// it was chosen, and the server proposes a crop. ES5, like app.js; cropperjs does the moving.
if (window.eachPage) { window.eachPage(function () {
  'use strict';
  function byId(id) { return document.getElementById(id); }
  var input = byId('photo'), work = byId('photo-work');
  if (!input || !work || !able()) { return; }

  var stage = byId('crop-stage'), picture = document.createElement('img');
  var final = document.createElement('img'), check = byId('photo-check'), bar = byId('photo-bar');
  var verdict = byId('photo-verdict'), found = byId('photo-found'), figures = byId('photo-details');
  var kept = byId('photo-kept');                         // the picture that the server has, with its verdict
  var refused = document.querySelector('#photo-refused figure'); // the one that it has not taken
  var word = byId('photo-confirm'), wordAt = word.parentNode; // asked for where no face is found
  var wordKept = !word.hidden;                           // of the kept picture
  var width = limit('width'), height = limit('height'), least = limit('min-kb') * 1024, most = limit('max-kb') * 1024;
  var chosen = null;   // the file that was chosen
  var cropper = null;
  var sheet = null;    // the picture in it, on a canvas
  var scale = 1;       // of the picture in the cropper to the one that was chosen
  var enlarged = '';   // what is said of a photo for which the crop was enlarged
  var fact = '';       // what is said of the file that was made
  var made = '';       // the crop that the photo was made of
  var waiting = 0;     // timer: the crop has changed since the photo was made
  var asked = 0;       // how often the server was asked; older answers are none
  var asking = 0;      // timer: the server is asked when the hand rests

  stage.insertBefore(picture, stage.firstChild);
  final.width = width;
  final.height = height;
  final.alt = '裁剪后的照片';
  byId('photo-final').insertBefore(final, document.querySelector('#photo-final figcaption'));

  function limit(name) { return parseInt(work.getAttribute('data-' + name), 10); }

  // The orientation of EXIF must be the browser's work, and a file made here must fit into the form.
  function able() {
    try {
      new DataTransfer().items.add(new File(['x'], 'x.jpg', { type: 'image/jpeg' }));
      return Boolean(window.Cropper && window.FileReader && window.FormData && CSS.supports('image-orientation', 'from-image'));
    } catch (e) { return false; }
  }

  function say(text, bad) {
    check.className = bad ? 'photo-check bad' : 'photo-check';
    check.textContent = text;
  }

  function size(bytes) {
    var kb = bytes / 1024;
    return kb < 1000 ? Math.max(kb, 0.1).toFixed(1).replace('.0', '') + ' KB' : (kb / 1024).toFixed(1).replace('.0', '') + ' MB';
  }

  // What is not plain from the mark is seen, and the rest is for those who do not see the mark.
  var marks = {
    met: ['，符合', 'unseen'], unmet: ['，不符合', 'unseen'], waits: ['，待检查', 'unseen'],
    unsure: ['：由审核人员判断', ''], unasked: ['：暂时不能检查，提交时再检查', '']
  };

  function tick(rule, mark) {
    var line = work.querySelector('[data-rule=' + rule + ']');
    var word = line.querySelector('span') || line.appendChild(document.createElement('span'));
    line.className = mark;
    word.textContent = marks[mark][0];
    word.className = marks[mark][1];
  }

  function leave() {
    clearTimeout(waiting);
    clearTimeout(asking);
    waiting = 0;
    made = enlarged = '';
    asked++;
    if (cropper) { cropper.destroy(); cropper = null; }
    conclude('', '');
    show(false);
    byId('photo_confirm').checked = false;
    say('');
    bar.hidden = true;
  }

  // show puts one picture on the page: the one in work, or the one that the server has.
  function show(working) {
    work.hidden = !working;
    if (kept) { kept.hidden = working; }
    if (refused) { refused.hidden = working; }
    (working ? figures.parentNode : wordAt).insertBefore(word, working ? figures.nextSibling : null);
    word.hidden = working || !wordKept;
  }

  // What the first bytes say, as the server reads them.
  function kindOf(head) {
    function at(i, text) { return head.substr(i, text.length) === text; }
    if (at(0, '\xff\xd8\xff')) { return 'JPEG'; }
    if (at(4, 'ftyp')) { return at(8, 'av') ? 'AVIF' : /^(he|mi|ms)/.test(head.substr(8)) ? 'HEIC' : ''; }
    return at(0, '\x89PNG') ? 'PNG' : at(8, 'WEBP') ? 'WebP' : at(0, 'GIF8') ? 'GIF' : at(0, 'BM') ? 'BMP' :
      at(0, 'II*\0') || at(0, 'MM\0*') ? 'TIFF' : at(0, '%PDF') ? 'PDF' : '';
  }

  function choose(file) {
    leave();
    chosen = file;
    if (!file) { return; }
    say('正在检查…');
    bar.hidden = false;
    read(file, 16, function (bytes) {
      var kind = kindOf(String.fromCharCode.apply(null, bytes));
      if (kind === 'JPEG') {
        read(file, file.size, function (all) {
          if (whole(all)) { open(file, kind); } else { refuse(broken); }
        });
      } else if (kind === 'PNG') {
        open(file, kind);
      } else {
        refuse(kind ? refusal(kind) : '这个文件不是 JPG 照片，请重新选择。');
      }
    });
  }

  // refusal is the server's sentence.
  function refusal(why) { return document.querySelector('#photo-refusals [data-why="' + why + '"]').textContent; }

  function refuse(why) {
    say(why, true);
    bar.hidden = true;
  }

  // read gives the first bytes of the file, unless another was chosen meanwhile.
  function read(file, n, use) {
    var reader = new FileReader();
    reader.onload = function () { if (chosen === file) { use(new Uint8Array(reader.result)); } };
    reader.onerror = function () { if (chosen === file) { refuse(broken); } };
    reader.readAsArrayBuffer(file.slice(0, n));
  }

  var broken = '照片文件打不开，可能不完整或已损坏，请重新选择。';

  // whole reports whether a JPEG has its end. Browsers show one that is cut short, the rest in grey.
  function whole(bytes) {
    var i = 2;
    while (i + 1 < bytes.length) {
      var mark = bytes[i + 1];
      if (bytes[i] !== 0xff || mark === 0xff) {
        i++;
      } else if (mark === 0xd9) {
        return true;
      } else if (mark <= 1 || mark >= 0xd0 && mark <= 0xd7) { // within a scan
        i += 2;
      } else {
        i += 2 + bytes[i + 2] * 256 + bytes[i + 3];
      }
    }
    return false;
  }

  // mostSide keeps a picture of a telephone within the memory of an old one.
  var mostSide = 2000;

  function open(file, kind) {
    var image = new Image(), address = URL.createObjectURL(file);
    image.onerror = function () {
      URL.revokeObjectURL(address);
      if (chosen === file) { refuse(broken); }
    };
    image.onload = function () {
      URL.revokeObjectURL(address);
      if (chosen !== file) { return; }
      var w = image.naturalWidth, h = image.naturalHeight;
      if (2 * w < width || 2 * h < height) {
        refuse('照片太小：只有 ' + w + '×' + h + ' 像素，放大后会模糊。请换用原图，不要用截图或聊天中的缩略图。');
        return;
      }
      scale = Math.min(1, mostSide / Math.max(w, h));
      var canvas = document.createElement('canvas');
      canvas.width = Math.round(w * scale);
      canvas.height = Math.round(h * scale);
      var pen = canvas.getContext('2d');
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      if (kind === 'PNG' && seeThrough(pen, canvas)) {
        refuse(refusal('transparent'));
        return;
      }
      start(canvas, kind === 'JPEG' && w === width && h === height && file.size >= least && file.size <= most);
    };
    image.src = address;
  }

  // What shines through would get a ground painted by us.
  function seeThrough(pen, canvas) {
    var pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
    for (var i = 3; i < pixels.length; i += 4) {
      if (pixels[i] < 255) { return true; }
    }
    return false;
  }

  // turn puts the picture on its side, and looks for the head again.
  function turn(quarters) {
    var turned = document.createElement('canvas'), pen = turned.getContext('2d');
    turned.width = sheet.height;
    turned.height = sheet.width;
    pen.translate(turned.width / 2, turned.height / 2);
    pen.rotate(quarters * Math.PI / 2);
    pen.drawImage(sheet, -sheet.width / 2, -sheet.height / 2);
    cropper.destroy();
    start(turned, false);
  }

  function start(canvas, fits) {
    sheet = canvas;
    show(true);
    // On a phone there is room beside it, where a finger scrolls the page.
    var wide = Math.min(Math.round(work.clientWidth * (window.innerWidth < 700 ? 0.72 : 1)), width, 320);
    stage.style.width = wide + 'px';
    stage.style.height = Math.round(wide * height / width) + 'px';
    picture.src = canvas.toDataURL('image/jpeg', 0.95);
    // The stage has the photo's proportions and is covered by the picture: what is seen is the crop.
    cropper = new window.Cropper(picture, {
      viewMode: 3, dragMode: 'move', aspectRatio: width / height, autoCropArea: 1, cropBoxMovable: false, cropBoxResizable: false,
      toggleDragModeOnDblclick: false, guides: false, center: false, highlight: false, background: false,
      checkOrientation: false, checkCrossOrigin: false, minContainerWidth: wide, minContainerHeight: Math.round(wide * height / width),
      ready: function () {
        made = where();
        if (fits) { take(chosen, true); } else { begin(); }
      },
      crop: later,
      zoom: function (event) {
        if (event.detail.ratio > event.detail.oldRatio && event.detail.ratio > mostRatio(cropper.getCropBoxData())) { event.preventDefault(); }
      }
    });
  }

  // begin makes a photo of the middle, until the server has found the head.
  function begin() {
    make();
    var mine = cropper, untouched = made, small = document.createElement('canvas');
    var w = picture.naturalWidth, h = picture.naturalHeight, less = Math.min(1, 600 / Math.max(w, h));
    small.width = Math.round(w * less);
    small.height = Math.round(h * less);
    var pen = small.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, small.width, small.height);
    post(work.getAttribute('data-check') + '/crop', new File([bytesOf(encoding(small, 0.8))], 'small.jpg', { type: 'image/jpeg' }), 5000, function (part) {
      if (part && part.right && cropper === mine && where() === untouched) { moveTo(part, w, h); } // never what a hand has moved
    });
  }

  function moveTo(part, w, h) {
    var box = cropper.getCropBoxData();
    var ratio = Math.min(box.width / (part.right - part.left) / w, mostRatio(box));
    cropper.zoomTo(ratio);
    cropper.moveTo(box.left + box.width / 2 - (part.left + part.right) / 2 * w * ratio, box.top + box.height / 2 - (part.top + part.bottom) / 2 * h * ratio);
  }

  // mostRatio is the zoom with which a face is twice enlarged.
  function mostRatio(box) { return 2 * box.width / width / scale; }

  function where() { return JSON.stringify(cropper.getData(true)); }

  function later() {
    clearTimeout(waiting);
    waiting = made && where() !== made ? setTimeout(make, 250) : 0;
  }

  function encoding(canvas, quality) { return atob(canvas.toDataURL('image/jpeg', quality).split(',')[1]); }

  function bytesOf(text) {
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) { bytes[i] = text.charCodeAt(i); }
    return bytes;
  }

  // The best quality within nine tenths of the limit, as the server would take.
  function encoded(canvas) {
    var low = 25, high = 100, best = null;
    while (low <= high) {
      var quality = (low + high) >> 1, text = encoding(canvas, quality / 100);
      if (text.length <= Math.max(most * 0.9, least)) {
        best = text;
        low = quality + 1;
      } else {
        best = best || (quality === 25 ? text : null);
        high = quality - 1;
      }
    }
    return bytesOf(best);
  }

  function make() {
    clearTimeout(waiting);
    waiting = 0;
    made = where();
    var part = cropper.getData();
    if (!part.width || !part.height) { return; } // the stage has no place on the page just now
    var w = Math.round(part.width / scale), h = Math.round(part.height / scale);
    enlarged = w < width || h < height ? '照片可用的部分只有 ' + w + '×' + h + ' 像素，已放大，可能不够清晰。如有更大的原图，建议换一张。' : '';
    var canvas = cropper.getCroppedCanvas({ width: width, height: height, imageSmoothingQuality: 'high' });
    var name = chosen.name.replace(/\.[^.]*$/, '') + '.jpg';
    take(new File([encoded(canvas)], name, { type: 'image/jpeg' }), false);
  }

  // take puts a file into the form and shows it.
  function take(file, untouched) {
    var files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    if (final.src) { URL.revokeObjectURL(final.src); }
    final.src = URL.createObjectURL(file);
    var fits = file.size >= least && file.size <= most;
    tick('kind', 'met');
    tick('size', 'met');
    tick('bytes', fits ? 'met' : 'unmet');
    tick('white', 'waits');
    fact = untouched ? '照片的尺寸和大小符合要求，原样提交。' : '现为 ' + size(chosen.size) + '，' + (chosen.size > file.size ? '已压缩到 ' : '已调整为 ') + size(file.size) + '。';
    say(fact + '正在检查…');
    conclude('', '');
    bar.hidden = false;
    asked++;
    clearTimeout(asking);
    asking = setTimeout(function () { ask(file); }, untouched ? 0 : 700);
  }

  function ask(file) {
    var mine = asked;
    post(work.getAttribute('data-check'), file, 20000, function (answer) {
      if (mine !== asked || !document.body.contains(input)) { return; } // of another photo, or of a page that is gone
      if (answer && answer.faults && answer.faults.length && !answer.confirm && file === chosen) { begin(); return; } // such as one that EXIF turns
      bar.hidden = true;
      say(fact);
      if (!answer || !answer.faults) {
        tick('white', 'unasked');
        conclude('unsure', '暂时不能检查，提交时再检查。');
        return;
      }
      tick('white', answer.white);
      var hints = (enlarged ? [enlarged] : []).concat(answer.hints);
      if (answer.confirm) {
        conclude('unsure', '提交前请您确认：', answer.faults, hints, answer.details);
        word.hidden = false;
      } else if (answer.faults.length) {
        conclude('bad', '这张照片不能提交：', answer.faults, hints, answer.details);
      } else {
        conclude(hints.length ? 'unsure' : '', hints.length ? '照片可以提交，请留意：' : '照片符合要求。', [], hints, answer.details);
        forgive();
      }
    });
  }

  // post gives the server's answer about a file to use, or null where there is none.
  function post(address, file, patience, use) {
    var request = new XMLHttpRequest(), form = new FormData();
    form.append('csrf_token', input.form.elements.csrf_token.value);
    form.append('photo', file, file.name);
    request.open('POST', address);
    request.timeout = patience;
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (e) { /* signed out, or too often */ }
      use(answer);
    };
    request.onerror = request.ontimeout = function () { use(null); };
    request.send(form);
  }

  // conclude says beside the picture what was found in it.
  function conclude(kind, text, faults, hints, details) {
    verdict.className = 'photo-verdict ' + kind;
    verdict.textContent = text;
    found.textContent = '';
    list(found, faults, 'fault-found');
    list(found, hints, '');
    found.hidden = !found.childNodes.length;
    var measured = figures.querySelector('ul');
    measured.textContent = '';
    list(measured, details, '');
    figures.hidden = !measured.childNodes.length;
    word.hidden = true;
  }

  function list(into, sentences, name) {
    (sentences || []).forEach(function (sentence) {
      var line = into.appendChild(document.createElement('li'));
      line.className = name;
      line.textContent = sentence;
    });
  }

  // forgive takes away what was wrong with an older photo.
  function forgive() {
    var error = byId('photo-error'), problems = byId('problems');
    if (error && !(kept && kept.contains(error))) {
      error.parentNode.removeChild(error);
      input.removeAttribute('aria-invalid');
      input.setAttribute('aria-describedby', input.getAttribute('aria-describedby').replace(' photo-error', ''));
    }
    var field = document.querySelector('.field.wrong #photo');
    Array.prototype.forEach.call(document.querySelectorAll('#photo-refused figure, .photo-choose .photo-notes, .photo-choose .behind'), function (old) {
      old.parentNode.removeChild(old);
    });
    refused = null;
    while (field && !/\bfield\b/.test(field.className)) { field = field.parentNode; }
    if (field) { field.className = 'field'; }
    if (!problems) { return; }
    Array.prototype.forEach.call(problems.querySelectorAll('a[href="#photo"]'), function (link) {
      link.parentNode.parentNode.removeChild(link.parentNode);
    });
    var left = problems.querySelectorAll('li').length;
    if (!left) {
      problems.parentNode.removeChild(problems);
      document.title = document.title.replace(/^错误：/, '');
    } else if (!/question/.test(problems.className)) {
      problems.querySelector('h2').textContent = '请更正以下' + (left > 1 ? ' ' + left + ' 处' : '') + '问题';
    }
  }

  input.addEventListener('change', function () { choose(input.files[0] || null); });
  input.form.addEventListener('submit', function () { if (waiting) { make(); } });

  var acts = {
    'in': function () { cropper.zoom(0.1); },
    'out': function () { cropper.zoom(-0.1); },
    'left': function () { turn(-1); },
    'right': function () { turn(1); }
  };
  Array.prototype.forEach.call(work.querySelectorAll('[data-crop]'), function (button) {
    button.addEventListener('click', function () { if (cropper) { acts[button.getAttribute('data-crop')](); } });
  });

  var steps = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] };
  stage.addEventListener('keydown', function (event) {
    var step = steps[event.key];
    if (!cropper || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (step) {
      cropper.move(step[0], step[1]);
    } else if (event.key === '+' || event.key === '=') {
      acts['in']();
    } else if (event.key === '-') {
      acts.out();
    } else {
      return;
    }
    event.preventDefault();
  });
}); }

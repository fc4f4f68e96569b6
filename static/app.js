// Small comforts. Every page works without this file, and it is ES5 for the old kernels that offices
// still use. Each part looks for its own elements and for what it needs of the browser.
(function () {
  'use strict';
  if (!document.addEventListener || !document.querySelectorAll) { return; }

  function all(list, f) { Array.prototype.forEach.call(list, f); }
  function each(selector, f) { all(document.querySelectorAll(selector), f); }
  function byId(id) { return document.getElementById(id); }

  // around is the closest element of a class, from an element outwards.
  function around(element, name) {
    while (element && (' ' + (element.getAttribute && element.getAttribute('class')) + ' ').indexOf(' ' + name + ' ') < 0) {
      element = element.parentNode;
    }
    return element;
  }

  // What is set up on a page is set up again on the one that comes in its place.
  var parts = [];
  window.eachPage = function (part) {
    parts.push(part);
    part();
  };

  // 大字版 without leaving the page, so that nothing typed is lost. Where the cookie is not taken, or a sheet does
  // not come, the link does its plain work.
  var size = document.querySelector('a[data-size]');
  if (size) {
    size.addEventListener('click', function (event) {
      var to = size.getAttribute('data-size'), back = to === 'large' ? 'standard' : 'large';
      document.cookie = 'text_size=' + to + ';path=/;max-age=31536000;samesite=lax' + (location.protocol === 'https:' ? ';secure' : '');
      if (document.cookie.indexOf('text_size=' + to) < 0) { return; }
      event.preventDefault();
      each('link[data-other]', function (old) {
        var sheet = document.createElement('link');
        sheet.rel = 'stylesheet';
        sheet.href = old.getAttribute('data-other');
        sheet.setAttribute('data-other', old.getAttribute('href'));
        old.removeAttribute('data-other');
        sheet.onload = function () { old.parentNode.removeChild(old); };
        sheet.onerror = function () { location.href = size.href; };
        old.parentNode.insertBefore(sheet, old.nextSibling);
      });
      document.body.className = document.body.className.replace(/ large$/, '') + (to === 'large' ? ' large' : '');
      size.textContent = to === 'large' ? '标准版' : '大字版';
      size.setAttribute('data-size', back);
      size.href = size.href.replace('/text/' + to, '/text/' + back);
    });
  }

  // The summary of what is wrong is read out, and so is the answer to a choice; the keyboard goes on
  // from there, unless the page says from where.
  window.eachPage(function () {
    var answer = byId('problems') || document.querySelector('[data-focus]');
    if (answer && !document.querySelector('[autofocus]')) { answer.focus(); }
  });

  // Its links lead to a field with its label and what is said of it, where there is room for both.
  function lead(link) {
    var target = byId(link.getAttribute('href').slice(1)), field = around(target, 'field'), at;
    at = field && field.getBoundingClientRect();
    if (!at || at.bottom - at.top > window.innerHeight) { return false; }
    target.focus();
    at = field.getBoundingClientRect();
    if (at.top < 0 || at.bottom > window.innerHeight) { window.scrollBy(0, at.top - 12); }
    return true;
  }

  // Forms travel in the background: when the line is gone, nothing is cleared, and the next press sends
  // them again, which doubles nothing.
  var patience = 60000; // milliseconds in which nothing moves
  var lost = '网络不通，内容还在，请再点一次。';

  window.eachPage(function () {
    each('form[data-background] .buttons > .primary', function (button) {
      var told = document.createElement('div');
      told.className = 'sending';
      told.innerHTML = '<p role="status"></p><p class="fault" role="alert"></p>';
      button.parentNode.insertBefore(told, button.nextSibling);
    });
  });

  function tell(form, doing, fault) {
    var told = form.querySelector('.sending');
    if (told) {
      told.firstChild.textContent = doing;
      told.lastChild.textContent = fault || '';
    }
  }

  function rest(form, fault) {
    var bar = form.querySelector('progress');
    if (bar) { bar.parentNode.removeChild(bar); }
    form.removeAttribute('aria-busy');
    tell(form, '', fault);
  }

  function send(form) {
    var request = new XMLHttpRequest(), input = form.querySelector('input[type=file]'), file = input && input.files[0], bar, timer;
    function moves() {
      clearTimeout(timer);
      timer = setTimeout(function () { request.abort(); }, patience);
    }
    function gone() {
      clearTimeout(timer);
      rest(form, lost);
    }
    request.open('POST', form.action);
    request.setRequestHeader('Sent-By', 'script');
    request.onerror = request.onabort = gone;
    request.onprogress = moves;
    request.onload = function () {
      var to = request.getResponseHeader('Location'), page = document.createElement('html');
      clearTimeout(timer);
      if (to) {
        location.href = to;
        return;
      }
      page.innerHTML = request.responseText;
      if (page.querySelector('#main')) {
        rest(form, '');
        show(form, page, request.status);
      } else { // somebody on the way has answered
        gone();
      }
    };
    if (file) {
      bar = document.createElement('progress');
      bar.setAttribute('aria-label', '照片上传进度');
      form.querySelector('.sending').insertBefore(bar, form.querySelector('.sending').lastChild);
      request.upload.onprogress = function (event) {
        moves();
        if (event.lengthComputable) {
          bar.max = event.total;
          bar.value = event.loaded;
        }
        if (event.loaded === event.total) {
          bar.removeAttribute('value');
          tell(form, '已送到，正在检查…');
        }
      };
    } else if (input) {
      input.disabled = true; // old phones cannot send a file that is none
    }
    moves();
    request.send(new FormData(form));
    if (input) { input.disabled = false; }
  }

  // readable asks whether a chosen photo is still there, before anything is sent without it.
  function readable(form, go) {
    var input = form.querySelector('input[type=file]'), file = input && input.files[0], reader;
    if (!file || !window.FileReader) { go(); return; }
    function refuse() {
      rest(form, '没有读到照片的内容：它可能已被移动或删除，或者还没有从云端下载。其他内容还在，请重新选择照片。');
      input.focus();
    }
    if (!file.size) { refuse(); return; }
    reader = new FileReader();
    reader.onload = go;
    reader.onerror = refuse;
    reader.readAsArrayBuffer(file.slice(0, 16));
  }

  // show puts the page that answers in the place of this one. Passwords are not in it: they stay as they
  // were typed. A refusal that has no form leaves this one where it is.
  function show(form, page, status) {
    var action = form.getAttribute('action'), old = document.querySelector('.frame'), typed = form.querySelectorAll('input[type=password]');
    var again = page.querySelector('form[action="' + action + '"]'), main = byId('main'), kept = document.createElement('p'), box;
    if (!again && status !== 404 && status !== 409) {
      box = document.createElement('div');
      box.className = 'problems';
      box.id = 'problems';
      box.setAttribute('role', 'alert');
      box.tabIndex = -1;
      box.appendChild(document.createElement('h2')).textContent = page.querySelector('h1').textContent;
      all(page.querySelectorAll('main .sheet > *'), function (part) { box.appendChild(part); });
      kept.textContent = '您填写的内容还在下面。';
      box.insertBefore(kept, box.querySelector('.buttons'));
      if (byId('problems')) { main.removeChild(byId('problems')); }
      main.insertBefore(box, main.firstChild);
      box.focus();
      return;
    }
    hush();
    old.parentNode.replaceChild(page.querySelector('.frame'), old);
    document.body.className = page.querySelector('body').className;
    document.title = page.querySelector('title').textContent;
    if (window.history.replaceState) { window.history.replaceState(null, '', action); }
    window.scrollTo(0, 0);
    all(typed, function (was) {
      var now = byId(was.id), hint = byId(was.id + '-again');
      if (now && was.value) { now.value = was.value; }
      if (now && hint) {
        hint.parentNode.removeChild(hint);
        now.setAttribute('aria-describedby', now.getAttribute('aria-describedby').replace(hint.id, ''));
      }
    });
    byId('main').focus();
    all(parts, function (part) { part(); });
  }

  // A second press on a slow line must not post twice. A page may come back from the browser's history
  // with its old state, hence pageshow; and a lost answer must not lock a form for ever.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== 'post') { return; }
    if (form.getAttribute('aria-busy')) {
      event.preventDefault();
      return;
    }
    form.setAttribute('aria-busy', 'true');
    each('[aria-pressed=true][data-shows]', function (button) { button.click(); });
    tell(form, '正在提交…');
    if (form.getAttribute('data-background') !== null && window.FormData) {
      event.preventDefault();
      readable(form, function () { send(form); });
    } else {
      setTimeout(function () { rest(form); }, 15000);
    }
  });
  window.addEventListener('pageshow', function () { each('form[aria-busy]', function (form) { rest(form); }); });

  // A password that one is not sure of can be looked at.
  window.eachPage(function () {
    each('input[type=password]', function (input) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'show-password';
      button.textContent = '显示密码';
      button.setAttribute('aria-pressed', 'false');
      button.setAttribute('data-shows', input.id);
      button.setAttribute('aria-label', '显示密码：' + document.querySelector('label[for="' + input.id + '"]').textContent.replace('*', ''));
      button.addEventListener('click', function () {
        var hidden = input.type === 'password';
        input.type = hidden ? 'text' : 'password';
        button.setAttribute('aria-pressed', String(hidden));
      });
      input.parentNode.insertBefore(button, input.nextSibling);
      input.className += ' can-show';
    });
  });

  window.eachPage(function () {
    // The browsers within other programs of a telephone have print, which does nothing.
    if (window.print && !/MicroMessenger|DingTalk|AlipayClient|QQ[/]|; wv[)]/.test(navigator.userAgent)) {
      each('button[data-print]', function (button) {
        button.removeAttribute('hidden'); // IE 9 does not know the property
        button.addEventListener('click', function () { window.print(); });
      });
    }

    // Keys walk through a list, and every step is a change: who uses them presses the button.
    each('select[data-autosubmit]', function (select) {
      var keys = false;
      select.addEventListener('keydown', function () { keys = true; });
      select.addEventListener('mousedown', function () { keys = false; });
      select.addEventListener('change', function () { if (select.value && !keys) { select.form.submit(); } });
    });
  });

  // 换一张 without sending the form.
  function another(form, say) {
    var request = new XMLHttpRequest();
    function fail() { say('网络不通，没有换成，请再点一次。'); }
    hush();
    request.open('GET', '/captcha/new');
    request.timeout = 8000;
    request.onerror = request.ontimeout = fail;
    request.onload = function () {
      var id = '';
      if (request.status === 200) {
        try { id = String(JSON.parse(request.responseText).id || ''); } catch (e) { id = ''; }
      }
      if (!id) { fail(); return; }
      say('');
      form.elements.captcha_id.value = id;
      form.querySelector('.captcha-picture').src = '/captcha/' + encodeURIComponent(id) + '.png';
      form.querySelector('.captcha-sound').href = '/captcha/' + encodeURIComponent(id) + '.wav';
      form.elements.captcha.value = '';
      form.elements.captcha.focus();
    };
    request.send();
  }

  // 听验证码 in the page. A browser that cannot play it opens it beside this page, as without scripts.
  var sound = window.Audio && new window.Audio();
  function hush() { if (sound) { sound.pause(); } }
  function play(link, say) {
    var begun;
    if (!sound || !sound.canPlayType('audio/wav')) { return false; }
    function fail() { say('没有放出声音，请再点一次，或换一张。'); }
    sound.onplaying = function () { say('正在播放四位数字…'); };
    sound.onended = sound.onpause = function () { say(''); };
    sound.onerror = fail;
    sound.src = link.href;
    begun = sound.play();
    if (begun && begun.then) { begun.then(null, function (e) { if (e.name !== 'AbortError') { fail(); } }); }
    return true;
  }

  document.addEventListener('click', function (event) {
    var link = around(event.target, 'captcha-sound') || event.target, row = around(link, 'captcha-row'), said = row && row.nextSibling;
    function say(text) { said.textContent = text; }
    if (row && (!said || said.className !== 'captcha-said')) {
      said = document.createElement('p');
      said.className = 'captcha-said';
      said.setAttribute('role', 'status');
      row.parentNode.insertBefore(said, row.nextSibling);
    }
    if (row && link.name === 'captcha_refresh') {
      event.preventDefault();
      another(link.form, say);
    } else if (row && link.className === 'captcha-sound' && play(link, say)) {
      event.preventDefault();
    } else if (around(link, 'problems') && /^#/.test(link.getAttribute('href')) && lead(link)) {
      event.preventDefault();
    }
  });

  // The last day of a known exam is proposed while the candidate has not typed a date.
  window.eachPage(function () {
    var days = byId('last-days'), year = byId('exam_year'), exam = byId('exam_name'), date = byId('approval_date');
    if (!days || !year || !exam || !date || date.disabled) { return; }
    function lastDay() {
      var found = '';
      each('#last-days li', function (day) {
        if (day.getAttribute('data-year') === year.value && day.getAttribute('data-exam') === exam.value) {
          found = day.getAttribute('data-date');
        }
      });
      return found;
    }
    var proposed = lastDay();
    function propose() {
      if (date.value && date.value !== proposed) { return; }
      date.value = proposed = lastDay();
    }
    year.addEventListener('change', propose);
    exam.addEventListener('change', propose);
  });
}());

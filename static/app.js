// Small comforts. Every page works without this file, and it is ES5 for the old kernels that offices
// still use. Each part looks for its own elements and for what it needs of the browser.
(function () {
  'use strict';
  if (!document.addEventListener || !document.querySelectorAll) { return; }

  function each(selector, f) { Array.prototype.forEach.call(document.querySelectorAll(selector), f); }
  function byId(id) { return document.getElementById(id); }

  // The summary of what is wrong is read out, and the keyboard goes on from there.
  var problems = byId('problems');
  if (problems) { problems.focus(); }

  // Back or a reload on a refused form would ask whether to send it again: where the form has a page of
  // its own, the history leads there, where what was typed stands.
  if (problems && window.history.replaceState && document.querySelector('form[enctype][action="' + location.pathname + '"]')) {
    window.history.replaceState(null, '', location.href);
  }

  // A second click on a slow line must not post twice. The page may come back from the browser's
  // history with its old state, hence pageshow; and a lost answer must not lock the form for ever.
  each('form[method=post]', function (form) {
    var busy = false;
    function done() { busy = false; form.removeAttribute('aria-busy'); }
    form.addEventListener('submit', function (event) {
      if (event.defaultPrevented) { return; }
      if (busy) { event.preventDefault(); return; }
      busy = true;
      form.setAttribute('aria-busy', 'true');
      setTimeout(done, 15000);
    });
    window.addEventListener('pageshow', done);
  });

  // Keys walk through a list, and every step is a change: who uses them presses the button.
  each('button[data-print]', function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });

  each('select[data-autosubmit]', function (select) {
    var keys = false;
    select.addEventListener('keydown', function () { keys = true; });
    select.addEventListener('mousedown', function () { keys = false; });
    select.addEventListener('change', function () { if (select.value && !keys) { select.form.submit(); } });
  });

  // 换一张 without sending the form. When anything fails, the button does its plain work.
  each('button[name=captcha_refresh]', function (button) {
    var form = button.form, plain = false;
    var picture = form.querySelector('.captcha-picture'), sound = form.querySelector('.captcha-sound');
    button.addEventListener('click', function (event) {
      if (plain) { return; }
      event.preventDefault();
      function giveUp() { plain = true; button.click(); }
      var request = new XMLHttpRequest();
      request.open('GET', '/captcha/new');
      request.timeout = 8000;
      request.onerror = request.ontimeout = giveUp;
      request.onload = function () {
        var id = '';
        if (request.status === 200) {
          try { id = String(JSON.parse(request.responseText).id || ''); } catch (e) { id = ''; }
        }
        if (!id) { giveUp(); return; }
        form.elements.captcha_id.value = id;
        picture.src = '/captcha/' + encodeURIComponent(id) + '.png';
        sound.href = '/captcha/' + encodeURIComponent(id) + '.wav';
        form.elements.captcha.value = '';
        form.elements.captcha.focus();
      };
      request.send();
    });
  });

  // The last day of a known exam is proposed while the candidate has not typed a date.
  var days = byId('last-days'), year = byId('exam_year'), exam = byId('exam_name'), date = byId('approval_date');
  if (days && year && exam && date && !date.disabled) {
    var lastDay = function () {
      var found = '';
      each('#last-days li', function (day) {
        if (day.getAttribute('data-year') === year.value && day.getAttribute('data-exam') === exam.value) {
          found = day.getAttribute('data-date');
        }
      });
      return found;
    };
    var proposed = lastDay();
    var propose = function () {
      if (date.value && date.value !== proposed) { return; }
      date.value = proposed = lastDay();
    };
    year.addEventListener('change', propose);
    exam.addEventListener('change', propose);
  }
}());

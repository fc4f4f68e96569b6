// The office by keyboard. Every key presses a link or button that stands on the page, shown beside it;
// without this file they are links and buttons all the same. ES5, like app.js.
(function () {
  'use strict';
  if (!document.addEventListener || !Element.prototype.closest) { return; }

  function each(selector, f) { Array.prototype.forEach.call(document.querySelectorAll(selector), f); }

  // The stylesheet shows the keys only where they work.
  document.documentElement.className += ' with-keys';

  // An ID number that is typed into the free search is sent by the form that hides it.
  each('form.search[method=get]', function (form) {
    form.addEventListener('submit', function (event) {
      var typed = form.elements.q && form.elements.q.value.replace(/\s/g, ''), hiding = document.querySelector('form.search[method=post]');
      if (typed && hiding && /^\d{6}((19|20)\d\d(0[1-9]|1[0-2])\d{5}[\dXx]|\d\d(0[1-9]|1[0-2])\d{5})$/.test(typed)) {
        event.preventDefault();
        hiding.elements.id_number.value = typed;
        hiding.submit();
      }
    });
  });

  // A key that is held too long must not decide the next application unseen.
  var shown = new Date().getTime();
  var settle = 250;
  window.addEventListener('pageshow', function () { shown = new Date().getTime(); });

  function typing(element) {
    return /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
      (element.tagName === 'INPUT' && !/^(checkbox|radio|submit|button)$/.test(element.type));
  }

  // The open panel, whose keys go before those of the page: a letter that picks a reason there must not
  // approve.
  function openPanel() { return document.querySelector('.decide details[open]'); }

  function reachable(element, panel) {
    var own = element.closest('.decide details');
    return panel ? own === panel && element.tagName !== 'SUMMARY' : !own || element.tagName === 'SUMMARY';
  }

  function press(element) {
    if (element.tagName === 'SUMMARY') {
      element.click();
      var first = element.parentNode.querySelector('input[type=checkbox], input[type=text], textarea');
      if (first) { first.focus(); }
    } else if (/^(TEXTAREA|SELECT)$/.test(element.tagName) || element.type === 'search') {
      element.focus();
    } else {
      element.click();
      if (element.type === 'checkbox') { element.focus(); }
    }
  }

  function close(panel) {
    panel.open = false;
    panel.querySelector('summary').focus();
  }

  document.addEventListener('keydown', function (event) {
    var panel = openPanel(), key = event.key, done = false;
    if (event.repeat || event.isComposing || event.altKey || event.metaKey || new Date().getTime() - shown < settle) { return; }
    var large = document.querySelector('.enlarge[open]');
    if (!panel && large && key === 'Escape') {
      close(large);
      done = true;
    } else if (panel && key === 'Escape') {
      close(panel);
      done = true;
    } else if (panel && event.ctrlKey && key === 'Enter') {
      panel.querySelector('button[type=submit]').click();
      done = true;
    } else if (key && !event.ctrlKey && !typing(event.target)) {
      each('[data-key]', function (element) {
        if (!done && element.getAttribute('data-key') === key.toLowerCase() && reachable(element, panel)) {
          done = true;
          press(element);
        }
      });
    }
    if (done) { event.preventDefault(); }
  });

  // One panel at a time.
  each('.decide details', function (panel) {
    panel.addEventListener('toggle', function () {
      if (!panel.open) { return; }
      each('.decide details', function (other) { if (other !== panel) { other.open = false; } });
      if (panel.scrollIntoView) { panel.scrollIntoView({ block: 'nearest' }); }
    });
  });

  // What the photo check sees is looked for when the photo is enlarged. Where that fails, the link to its
  // page stays.
  each('.enlarge', function (panel) {
    var notes = panel.querySelector('#photo-seen'), link = notes.querySelector('a'), asked = false;
    panel.addEventListener('toggle', function () {
      var request = new XMLHttpRequest();
      if (!panel.open || asked) { return; }
      asked = true;
      request.open('GET', link.href);
      request.responseType = 'document';
      request.onload = function () {
        var page = request.response, seen = page && page.getElementById('photo-seen');
        if (!seen) { return; }
        panel.querySelector('.enlarged-photo').appendChild(document.importNode(page.querySelector('.face-lines'), true));
        notes.innerHTML = seen.innerHTML;
      };
      request.send();
    });
  });

  // An often-used note is put where it can be completed.
  each('select[data-note]', function (select) {
    select.addEventListener('change', function () {
      var note = document.getElementById(select.getAttribute('data-note'));
      if (!note || !select.value) { return; }
      note.value = (note.value ? note.value + ' ' : '') + select.value;
      select.value = '';
      note.focus();
    });
  });

  // How many are picked, a box that picks all, and a button for those of which nothing is to be looked at.
  each('form.many', function (form) {
    var boxes = form.querySelectorAll('td.pick input'), said = form.querySelector('[data-picked]');
    var plain = said.textContent, all = document.createElement('input'), head = form.querySelector('th.pick');
    function tell() {
      var n = form.querySelectorAll('td.pick input:checked').length;
      said.textContent = n ? said.getAttribute('data-picked').replace('#', n) : plain;
      all.checked = n === boxes.length;
    }
    all.type = 'checkbox';
    all.setAttribute('aria-label', '全选本页');
    all.title = '全选本页';
    all.addEventListener('change', function () {
      Array.prototype.forEach.call(boxes, function (box) { box.checked = all.checked; });
      tell();
    });
    head.textContent = '';
    head.appendChild(all);
    var plainOnes = Array.prototype.filter.call(boxes, function (box) { return !box.closest('tr').querySelector('.row-mark'); });
    if (plainOnes.length && plainOnes.length < boxes.length) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'button small';
      button.textContent = '全选无标记（' + plainOnes.length + '）';
      button.addEventListener('click', function () {
        Array.prototype.forEach.call(boxes, function (box) { box.checked = plainOnes.indexOf(box) >= 0; });
        tell();
      });
      said.parentNode.insertBefore(button, said.nextSibling);
    }
    form.addEventListener('change', tell);
    tell();
  });
}());

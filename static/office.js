// Comforts of the office's pages, which work without this file, too. Its keys are in keys.js. ES5, like app.js.
(function () {
  'use strict';
  if (!document.addEventListener || !Element.prototype.closest) { return; }

  function each(selector, f) { Array.prototype.forEach.call(document.querySelectorAll(selector), f); }

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

  // No Enter sends a form from a box: a reader of cards ends with one, wherever the focus was left, and its digits
  // may have picked reasons.
  function isChoice(element) { return element.type === 'checkbox' || element.type === 'radio'; }
  document.addEventListener('keypress', function (event) {
    if (event.key === 'Enter' && event.target.tagName === 'INPUT' && isChoice(event.target)) { event.preventDefault(); }
  });

  // The counter: a reader of cards and a scanner type into what has the focus, and end with Enter.
  (function () {
    var box = document.querySelector('.counter-search input[name=q]'), checked = document.getElementById('paper_checked');
    if (!box) { return; }

    // nextNumber is the first field that lacks the number of a certificate that is collected.
    function nextNumber() {
      return Array.prototype.filter.call(checked.form.querySelectorAll('input[name=new_number]:not([type=hidden])'), function (field) {
        var row = field.closest('tr');
        return !field.value && (!row || row.querySelector('[name=application]').checked);
      })[0];
    }

    // What is scanned belongs into the box, wherever the focus was left.
    document.addEventListener('keydown', function (event) {
      var at = event.target, plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (plain && /^\d$/.test(event.key) && (!/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || isChoice(at))) { box.focus(); }
    });

    // Input methods take the Enter after the X of a card for themselves.
    box.addEventListener('compositionend', function () {
      if (/^\d{17}x$/i.test(box.value)) { box.form.submit(); }
    });

    if (checked) {
      checked.addEventListener('click', function () {
        if (checked.checked) { (nextNumber() || box).focus(); }
      });
      document.getElementById('collector-agent').addEventListener('click', function () { document.getElementById('agent_name').focus(); });

      // From the number of one certificate a scanner goes on to the next.
      checked.form.addEventListener('submit', function (event) {
        var at = document.activeElement, next = at.name === 'new_number' && at.value && nextNumber();
        if (!next) { return; }
        next.focus();
        event.preventDefault();
      });
    }
  }());

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
    all.setAttribute('data-key', 'q');
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
      button.setAttribute('data-key', 'w');
      button.appendChild(document.createElement('kbd')).textContent = 'W';
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

// The office by keyboard. Every key presses a link or button that stands on the page, or walks its list; ? tells
// of them all. Without this file they are links, boxes and buttons all the same. ES5, like app.js.
(function () {
  'use strict';
  if (!document.addEventListener || !Element.prototype.closest) { return; }

  function all(selector, f, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), f); }
  function shows(element) { return element.getClientRects().length > 0; }

  function typing(element) {
    return /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
      (element.tagName === 'INPUT' && !/^(checkbox|radio|submit|button)$/.test(element.type));
  }

  // The stylesheet shows the keys only where they work.
  var root = document.documentElement;
  root.className += ' with-keys';

  function says(element, key) { element.appendChild(document.createElement('kbd')).textContent = key.length > 1 ? key : key.toUpperCase(); }

  // What stands on many pages has the same key on all of them.
  [
    ['.crumb a, .paper-bar > a:first-child', 'b'],
    ['.pages [rel=next], .paper-bar [rel=next]', 'n'],
    ['[data-print]', 'y'],
    ['.search input[type=search], .search input[type=text], .search select', '/']
  ].forEach(function (common) {
    var element = document.querySelector(common[0]), own = document.querySelectorAll('[data-key="' + common[1] + '"]');
    if (element && !Array.prototype.some.call(own, ofPage)) {
      element.setAttribute('data-key', common[1]);
      if (!typing(element)) { says(element, common[1]); }
    }
  });

  // The first of two that have the same key has it.
  var taken = {};
  all('[data-key]', function (element) {
    var key = element.getAttribute('data-key'), shown = element.querySelector('kbd');
    if (!ofPage(element)) { return; }
    if (taken[key]) {
      element.removeAttribute('data-key');
      if (shown) { shown.parentNode.removeChild(shown); }
    }
    taken[key] = true;
  });

  // The open panel, whose keys go before those of the page: a letter that picks a reason there must not
  // approve.
  function openPanel() { return document.querySelector('.decide details[open]'); }

  function ofPage(element) {
    return !element.closest('.decide details') || element.tagName === 'SUMMARY';
  }

  function reachable(element, panel) {
    return panel ? element.closest('.decide details') === panel && element.tagName !== 'SUMMARY' : ofPage(element);
  }

  function press(element) {
    if (element.tagName === 'SUMMARY') {
      element.click();
      var first = element.parentNode.querySelector('input[type=checkbox], input[type=text], textarea');
      if (first) { first.focus(); }
    } else if (typing(element) || element.hasAttribute('data-twice') && document.activeElement !== element) {
      element.focus(); // and into view: what cannot be done unseen takes a second press
    } else {
      if (element.type === 'checkbox') { element.focus(); }
      element.click();
    }
  }

  function close(panel) {
    panel.open = false;
    panel.querySelector('summary').focus();
  }

  // What Ctrl+Enter sends: the act in which one types, for a list may have several.
  function sends(element) {
    var part = element.closest('[data-act], form');
    return part && (part.querySelector('.primary[type=submit]') || part.querySelector('[type=submit]:not(.unseen)'));
  }

  // Lists: the row with the focus, the next one, and its box.
  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll('main tbody tr'), function (row) {
      return shows(row) && row.querySelector('a[href], input[type=checkbox]');
    });
  }

  function current() { return document.activeElement && document.activeElement.closest('main tbody tr'); }

  function walk(step) {
    var list = rows(), at = list.indexOf(current()), row;
    if (at < 0 && step < 0 || !list.length) { return false; }
    row = list[Math.max(0, Math.min(list.length - 1, at + step))];
    (row.querySelector('a[href^="/"]') || row.querySelector('a[href], input')).focus();
    if (row.scrollIntoView) { row.scrollIntoView({ block: 'nearest' }); }
    return true;
  }

  var boxes = 'main tbody input[type=checkbox]', lastBox = null;

  // A range is from the box that was ticked last to this one, and becomes what this one is.
  function range(box) {
    var list = Array.prototype.slice.call(document.querySelectorAll(boxes)), from = list.indexOf(lastBox), to = list.indexOf(box), change;
    if (from < 0) { return; }
    list.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (other) { other.checked = box.checked; });
    change = document.createEvent('Event');
    change.initEvent('change', true, false);
    box.dispatchEvent(change);
  }

  document.addEventListener('click', function (event) {
    var box = event.target;
    if (box.tagName !== 'INPUT' || !box.closest(boxes)) { return; }
    if (event.shiftKey) { range(box); }
    lastBox = box;
  });

  function tick(shift) {
    var row = current() || rows()[0], box = row && row.querySelector('input[type=checkbox]'), before = lastBox;
    if (!box) { return false; }
    if (!current()) { walk(1); }
    if (!shift || !box.checked) { box.click(); }
    if (shift) {
      lastBox = before;
      range(box);
      lastBox = box;
    }
    return true;
  }

  // G lights up the letters of the menu; the next key is one of them.
  var going = false;
  function go(on) {
    going = on;
    root.className = root.className.replace(' going', '') + (on ? ' going' : '');
  }

  function follow(key) {
    var entry = /^[a-z]$/.test(key) && document.querySelector('.menu a[data-go="' + key + '"]');
    go(false);
    if (entry) { entry.click(); }
  }

  // ? tells which keys the page has.
  var told = null, before = null;

  // named is what an element says beside its key.
  function named(element) {
    var label = element.id && document.querySelector('label[for="' + element.id + '"]'), text = '';
    Array.prototype.forEach.call((label || element).childNodes, function (node) {
      if (node.nodeType === 3) {
        text += node.data;
      } else if (node.tagName !== 'KBD' && shows(node)) {
        text += node.innerText;
      }
    });
    return text.trim() || element.getAttribute('aria-label') || element.value;
  }

  function keys() {
    var panel = openPanel(), list = [];
    all('[data-key]', function (element) {
      if (reachable(element, panel) && (shows(element) || element.type === 'checkbox' || element.type === 'radio')) { list.push([element.getAttribute('data-key').toUpperCase(), named(element)]); }
    });
    if (!panel && rows().length) {
      list.push(['J K', '下一行、上一行'], ['Enter', '打开这一行']);
      if (document.querySelector(boxes)) { list.push(['X', '勾选这一行'], ['Shift+X', '从上次勾选的一行勾选到这一行']); }
    }
    if (document.querySelector('main form')) { list.push(['Ctrl+Enter', '提交正在填写的内容']); }
    if (panel) {
      list.push(['Esc', '收起']);
    } else if (document.querySelector('[data-go]')) {
      list.push(['G', '主菜单：再按各项旁边的字母']);
    }
    return list;
  }

  function tell() {
    var list = document.createElement('dl');
    if (told) { untell(); }
    before = document.activeElement;
    told = document.createElement('div');
    told.className = 'keys sheet';
    told.tabIndex = -1;
    told.setAttribute('role', 'dialog');
    told.setAttribute('aria-label', '快捷键');
    told.innerHTML = '<h2>本页的快捷键</h2>';
    keys().forEach(function (key) {
      var line = document.createElement('div'), dt = document.createElement('dt'), dd = document.createElement('dd');
      key[0].split(' ').forEach(function (name) { says(dt, name); });
      dd.textContent = key[1];
      line.appendChild(dt);
      line.appendChild(dd);
      list.appendChild(line);
    });
    told.appendChild(list);
    told.insertAdjacentHTML('beforeend', '<p class="secondary">按 Esc 收起。在输入框里时，字母是输入的内容：先按 Esc 离开输入框。</p>');
    document.body.appendChild(told);
    told.focus();
  }

  function untell() {
    document.body.removeChild(told);
    told = null;
    if (before) { before.focus(); }
  }

  document.addEventListener('mousedown', function (event) {
    if (told && !event.target.closest('.keys')) { untell(); }
  });

  all('.office .menu ul', function (menu) {
    var item = document.createElement('li'), button = document.createElement('button');
    item.className = 'menu-keys';
    button.type = 'button';
    button.textContent = '快捷键';
    says(button, '?');
    button.addEventListener('click', tell);
    item.appendChild(button);
    menu.appendChild(item);
  });

  // A key that is held too long must not decide the next application unseen.
  var shown = new Date().getTime();
  var settle = 250;
  window.addEventListener('pageshow', function () { shown = new Date().getTime(); });

  function escape(target, panel) {
    var large = document.querySelector('.enlarge[open]');
    if (told) {
      untell();
    } else if (going) {
      go(false);
    } else if (panel || large) {
      close(panel || large);
    } else if (typing(target)) {
      target.blur();
    } else {
      return false;
    }
    return true;
  }

  // pressed does what a key stands for, and tells whether it stands for anything.
  function pressed(key, shift, panel) {
    var done = false;
    if (going) {
      follow(key);
      return true;
    }
    if (key === '?') {
      tell();
      return true;
    }
    all('[data-key]', function (element) {
      if (!done && element.getAttribute('data-key') === key && reachable(element, panel)) {
        done = true;
        press(element);
      }
    });
    if (done || panel) { return done; }
    switch (key) {
    case 'j': case 'arrowdown': return (key === 'j' || !!current()) && walk(1);
    case 'k': case 'arrowup': return (key === 'k' || !!current()) && walk(-1);
    case 'x': return tick(shift);
    case 'g':
      go(!!document.querySelector('[data-go]'));
      return going;
    }
    return false;
  }

  document.addEventListener('keydown', function (event) {
    var panel = openPanel(), key = event.key, target = event.target, button, done = false;
    if (!key || event.isComposing || event.altKey || event.metaKey || new Date().getTime() - shown < settle) { return; }
    if (event.repeat && !/^(j|k|ArrowDown|ArrowUp)$/.test(key)) { return; }
    if (key === 'Escape') {
      done = escape(target, panel);
    } else if (told) {
      done = key === '?';
      if (done) { untell(); }
    } else if (event.ctrlKey) {
      button = key === 'Enter' && (panel ? panel.querySelector('button[type=submit]') : typing(target) && sends(target));
      done = !!button;
      if (done) { button.click(); }
    } else if ((!typing(target) || /^F\d/.test(key)) && key !== 'Shift') { // a function key types nothing
      done = pressed(key === '？' ? '?' : key.toLowerCase(), event.shiftKey, panel);
    }
    if (done) { event.preventDefault(); }
  });
}());

// Sets the chosen colours before the first thing is drawn.
'use strict';
(function () {
  try {
    const chosen = localStorage.getItem('convergence.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch (e) { /* a browser without storage follows the system */ }
})();

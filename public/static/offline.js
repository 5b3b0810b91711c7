// Keeps the site for reading without a network, where it came over one. From a disk there is nothing to do.
(function () {
  'use strict';
  var here = document.currentScript;
  if (!here || !/^https?:$/.test(location.protocol) || !('serviceWorker' in navigator)) {
    return;
  }
  // The worker lies at the root of the site, under whatever path that is, and so it serves that path only.
  var worker = new URL('../sw.js', here.src);
  addEventListener('load', function () {
    navigator.serviceWorker.register(worker.pathname, { updateViaCache: 'none' }).catch(function () {
      // A private window, a full disk, a policy of the host: the site reads as well without.
    });
  });
})();

// Stands in for a site's own service worker: a page under work must never come from a store. Goes as soon as it comes.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.registration.unregister()));

// Elements as functions: `div({class: 'card'}, 'text')`. What is text becomes a text node, always:
// nothing in the console ever parses a string as HTML.
const { h, render, Fragment } = window.preact;
const { useState, useEffect, useMemo, useRef, useReducer } = window.preactHooks;

export { h, render, Fragment, useState, useEffect, useMemo, useRef, useReducer };

const cache = new Map();

// `tags.table(properties, ...children)`; the properties may be left out.
export const tags = new Proxy({}, {
  get(_, name) {
    if (!cache.has(name)) {
      cache.set(name, (properties, ...children) =>
        isProperties(properties) ? h(name, properties, ...children) : h(name, null, properties, ...children));
    }
    return cache.get(name);
  },
});

// A drawn element is an object too; preact gives it no constructor.
function isProperties(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && value.constructor !== undefined;
}

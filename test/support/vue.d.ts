/** Pages are loaded by nobody here; what is asked of the routes is their names. */
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}

import type { Runtime } from './runtime.ts'

// The server builds one runtime and Next's own copy of our modules finds it here: so nothing of the inside is bundled into
// pages, and a module that Next loads twice still meets one database (docs/decisions).
declare global {
  var trackThisCaseRuntime: Runtime | undefined
}

export function setRuntime(runtime: Runtime): void {
  globalThis.trackThisCaseRuntime = runtime
}

/** The runtime of this process. Throws where the server was not started through its own entry point. */
export function getRuntime(): Runtime {
  const runtime = globalThis.trackThisCaseRuntime
  if (!runtime) throw new Error('The server is not running: start it with "npm start" or "npm run dev".')
  return runtime
}

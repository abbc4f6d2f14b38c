import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { originOf, portOf } from './run.ts'
import { hcaptchaKeys } from './secrets.ts'

// Stands in for hCaptcha: its script, the frame that people see, and the check of an answer. An answer that begins with
// "person" is right, once; one that begins with "outage" finds the check out of order; any other is wrong.

const origin = originOf('standIn')
const used = new Set<string>()

async function verdict(request: IncomingMessage): Promise<{ status: number; success: boolean }> {
  const form = new URLSearchParams(await text(request))
  const answer = form.get('response') ?? ''
  if (answer.startsWith('outage')) return { status: 503, success: false }
  const isOurs = form.get('secret') === hcaptchaKeys.secret && form.get('sitekey') === hcaptchaKeys.siteKey
  const success = isOurs && answer.startsWith('person') && !used.has(answer)
  used.add(answer)
  return { status: 200, success }
}

const frame = (): string => `<!doctype html><html lang="en"><title>hCaptcha stand-in</title>
<style>button { min-height: 2rem; margin: 2px }</style>
<button type="button" value="person-${randomUUID()}">I am human</button>
<button type="button" value="robot-${randomUUID()}">I am a robot</button>
<script>
for (const one of document.querySelectorAll('button')) one.onclick = () => parent.postMessage({ answer: one.value }, '*')
</script></html>`

// What the real script offers, as far as the page's component calls it.
const script = `
const widgets = new Map()
addEventListener('message', ({ source, origin, data }) => {
  if (origin !== '${origin}') return
  for (const one of widgets.values()) {
    if (one.frame.contentWindow !== source) continue
    one.answer = data.answer
    one.params.callback(data.answer)
  }
})
window.hcaptcha = {
  render(container, params) {
    const id = String(widgets.size)
    const frame = document.createElement('iframe')
    const [width, height] = params.size === 'compact' ? [164, 144] : [303, 78]
    Object.assign(frame, { title: 'Widget of the hCaptcha stand-in', src: '${origin}/frame', width, height })
    container.append(frame)
    widgets.set(id, { frame, params, answer: '' })
    return id
  },
  reset(id) {
    const one = widgets.get(id)
    one.answer = ''
    one.frame.src = one.frame.src
  },
  remove(id) { widgets.get(id).frame.remove() },
  getResponse: (id) => widgets.get(id).answer,
  getRespKey: () => '',
  execute() {}, close() {}, setData() {},
}
window[new URL(document.currentScript.src).searchParams.get('onload')]()
`

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', origin)
  const answer = (type: string, body: string, status = 200): void => {
    response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*', 'cache-control': 'no-store' }).end(body)
  }
  switch (pathname) {
    case '/health': return answer('text/plain', 'ok')
    case '/api.js': return answer('text/javascript', script)
    case '/frame': return answer('text/html', frame())
    case '/siteverify':
      verdict(request).then(
        ({ status, success }) => answer('application/json', JSON.stringify({ success }), status),
        () => answer('text/plain', '', 500),
      )
      return
    default: return answer('text/plain', '', 404)
  }
})

export const serveHcaptcha = (): void => void server.listen(portOf('standIn'))

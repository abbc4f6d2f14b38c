// Loaded when someone begins the form, never with the page: it is a fifth of what the form page may weigh.
import 'altcha/altcha.css'
import 'altcha/external'
import './altcha-widget.css'

globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker(new URL('./proof-worker.ts', import.meta.url), { type: 'module' }))

const configuration = JSON.stringify({ hideFooter: true, hideLogo: true, humanInteractionSignature: false, minDuration: 0 })

/** ALTCHA at work in a box of the page. */
export interface Proof {
  /** The proof for the server: the one there is, the one under way or, where it has grown too old, a new one. Null: it cannot be had. */
  answer(): Promise<string | null>
  /** Begins a new one. */
  renew(): void
}

/** Puts ALTCHA into the box and sets it to work. */
export async function openProof(box: HTMLElement, challengeAddress: string): Promise<Proof> {
  const widget = document.createElement('altcha-widget')
  const attributes = { challenge: challengeAddress, configuration, language: 'en', name: 'altcha', type: 'native' }
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value)

  let proving: Promise<string | null> | null = null
  const prove = (): Promise<string | null> => {
    proving ??= widget.verify().then((result) => result?.payload ?? null).finally(() => {
      proving = null
    })
    return proving
  }
  // It would cry "expired" over a form that is still being filled in. Where this machine's clock is wrong it says so while
  // at work: then the work goes on, and the server's clock decides.
  widget.addEventListener('expired', () => {
    if (proving === null) widget.reset()
  })
  const isLoaded = new Promise((resolve) => widget.addEventListener('load', resolve, { once: true }))
  box.replaceChildren(widget)
  await isLoaded
  // A proof that fails is asked for again when the form is sent.
  prove().catch(() => null)
  return {
    answer: () => {
      const state: string = widget.getState()
      const isThere = proving === null && state === 'verified'
      const kept = isThere ? widget.querySelector<HTMLInputElement>('input[name="altcha"]')?.value : undefined
      return kept === undefined || kept === '' ? prove() : Promise.resolve(kept)
    },
    renew: () => {
      prove().catch(() => null)
    },
  }
}

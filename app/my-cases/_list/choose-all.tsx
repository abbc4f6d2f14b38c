'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'

const never = () => () => undefined

/** A box that chooses every case of the page; without scripts it is not there, and each case has its own. */
export function ChooseAll() {
  const box = useRef<HTMLInputElement>(null)
  const isThere = useSyncExternalStore(never, () => true, () => false)
  useEffect(() => {
    const all = box.current
    if (!all?.form) return undefined
    const { form } = all
    const boxes = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>('input[name="case"]')]
    const show = (): void => {
      const chosen = boxes().filter(({ checked }) => checked).length
      all.checked = chosen > 0 && chosen === boxes().length
      all.indeterminate = chosen > 0 && chosen < boxes().length
    }
    const take = ({ target }: Event): void => {
      if (target === all) for (const one of boxes()) one.checked = all.checked
      show()
    }
    // A browser that comes back to the page has chosen what was chosen.
    show()
    form.addEventListener('change', take)
    return () => form.removeEventListener('change', take)
  }, [isThere])
  return isThere ? (
    <label className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2">
      <span className="sr-only max-md:not-sr-only">Choose all on this page</span>
      <input ref={box} type="checkbox" />
    </label>
  ) : <span className="sr-only">Choose</span>
}

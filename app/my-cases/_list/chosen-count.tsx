'use client'

import { useEffect, useRef, useState } from 'react'

// What is there before it changes is read out by more screen readers than what comes with its words.
const afterMs = 150

/** How many cases of the page are chosen; without scripts that some are. It stands in a bar that is there while one is. */
export function ChosenCount() {
  const place = useRef<HTMLSpanElement>(null)
  const [count, setCount] = useState(0)
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    const tell = (): void => {
      clearTimeout(waiting)
      waiting = setTimeout(() => setCount(form.querySelectorAll('input[name="case"]:checked').length), afterMs)
    }
    // A browser that comes back to the page has chosen what was chosen.
    tell()
    form.addEventListener('change', tell)
    return () => {
      clearTimeout(waiting)
      form.removeEventListener('change', tell)
    }
  }, [])
  return (
    <span ref={place} role="status" className="min-w-36 font-semibold tabular-nums max-sm:w-full">
      {count === 0 ? 'Chosen cases:' : `${count} ${count === 1 ? 'case' : 'cases'} chosen:`}
    </span>
  )
}

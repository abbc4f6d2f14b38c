'use client'

import { useEffect, useRef } from 'react'

/**
 * All errors of a form, at the top of the page (B5). Takes the focus when it appears and when its words change, so that who
 * cannot see it hears it; give it a new `key` for each try, so that the same words are said again. Each line leads to its field.
 */
export function ErrorSummary({ errors }: { errors: readonly { fieldId: string; message: string }[] }) {
  const box = useRef<HTMLDivElement>(null)
  const words = errors.map((error) => error.message).join(' ')
  useEffect(() => {
    box.current?.focus()
  }, [words])
  return (
    <div ref={box} role="alert" tabIndex={-1} className="mb-6 border-4 border-red bg-red-wash p-4.5">
      <h2 className="mb-2 font-serif text-section font-semibold">There is a problem</h2>
      <ul className="space-y-1">
        {errors.map((error) => (
          <li key={`${error.fieldId} ${error.message}`}>
            <a className="font-semibold text-red hover:text-red" href={`#${error.fieldId}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

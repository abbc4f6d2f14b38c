import type { ReactNode } from 'react'
import { SmallButton } from './small-button.tsx'

/** One button that does something to one row; `of` names the row for who cannot see which line it stands in. */
export function ActForm({ action, id, button, of, children }: { action: string; id?: number; button: string; of?: string; children?: ReactNode }) {
  return (
    <form method="post" action="/api/forms/operator" className="space-y-1">
      <input type="hidden" name="action" value={action} />
      {id === undefined ? null : <input type="hidden" name="id" value={id} />}
      {children}
      <SmallButton>{button}{of === undefined ? null : <span className="sr-only"> {of}</span>}</SmallButton>
    </form>
  )
}

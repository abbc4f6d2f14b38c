import type { ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'

/** The results as a form: who is logged in chooses some and puts them into the basket, to track them together (G6). */
export function BasketForm({ back, inBasket, children }: { back: string; inBasket: number; children: ReactNode }) {
  return (
    <form method="post" action="/api/forms/basket" aria-label="Choose cases to track together" className="mt-2">
      <input type="hidden" name="back" value={back} />
      <ol className="border-b border-rule">{children}</ol>
      <div data-sticky-foot className="sticky bottom-0 flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-rule bg-ground py-3 print:hidden">
        <Button>Add to basket</Button>
        <a className="inline-flex min-h-11 items-center font-semibold" href="/my-cases/basket">
          {inBasket === 0 ? 'Your basket is empty' : `Check your cases (${inBasket})`}
        </a>
      </div>
    </form>
  )
}

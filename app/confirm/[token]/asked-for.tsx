import { chosenOptions } from '../../../server/contract/wording.ts'
import type { ConfirmableView } from '../../../server/contract/views.ts'

/** What one request would bring, in the order in which it was asked for. */
export function AskedFor({ request }: { request: ConfirmableView }) {
  const options = chosenOptions(request.options)
  const isOnlyTracking = options.length === 0 && request.phoneEnding === null && !request.isChange
  return (
    <>
      <p className="font-semibold tabular-nums">{request.caseNumber}</p>
      {request.isChange ? <p className="text-nav text-ink2">You track it already. Your choices become these:</p> : null}
      {isOnlyTracking ? null : (
        <ul className="list-disc pl-5 text-nav text-ink2 marker:text-margin-line">
          {options.map((option) => <li key={option}>{option}</li>)}
          {request.isChange && options.length === 0 ? <li>no notices before scheduled events or payments</li> : null}
          {request.phoneEnding === null ? null : <li>texts to the phone number that ends in {request.phoneEnding}, once it is verified too</li>}
        </ul>
      )}
    </>
  )
}

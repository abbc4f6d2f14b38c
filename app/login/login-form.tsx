import type { FormPage } from '../_forms/read-form-page.ts'
import { Button } from '../_ui/button.tsx'
import { TextField } from '../_ui/field.tsx'

/** E-mail address and password. `page`: where it comes back to with what was wrong. */
export function LoginForm({ form, next, page }: { form: FormPage; next: string | null; page: '/login' | '/login/operator' }) {
  return (
    <form id="form" tabIndex={-1} method="post" action="/api/forms/log-in" noValidate className="space-y-5">
      {next === null ? null : <input type="hidden" name="next" value={next} />}
      {page === '/login' ? null : <input type="hidden" name="page" value={page} />}
      <TextField
        id="email" name="email" type="email" label="E-mail address" autoComplete="username" spellCheck={false} maxLength={254}
        defaultValue={form.typed['email'] ?? ''} error={form.fields['email']}
      />
      <TextField id="password" name="password" type="password" label="Password" autoComplete="current-password" error={form.fields['password']} />
      <Button className="min-h-13 w-full">Log in</Button>
    </form>
  )
}

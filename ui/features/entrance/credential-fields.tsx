import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'

type Given = { defaultValue?: string | undefined; readOnly?: boolean | undefined; autoFocus?: boolean | undefined }

export function EmailField({ defaultValue, readOnly, autoFocus }: Given) {
  return (
    <Field label="E-mail">
      {wiring => (
        <Input
          {...wiring}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus={autoFocus}
          readOnly={readOnly}
          defaultValue={defaultValue}
          className="h-9 px-2.5"
        />
      )}
    </Field>
  )
}

export function NameField({ defaultValue, autoFocus }: Given) {
  return (
    <Field label="Name" hint="Shown beside your runs">
      {wiring => (
        <Input
          {...wiring}
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          autoFocus={autoFocus}
          defaultValue={defaultValue}
          className="h-9 px-2.5"
        />
      )}
    </Field>
  )
}

/** `made` asks for a password that does not exist yet. */
export function PasswordField({ made, autoFocus }: { made?: boolean; autoFocus?: boolean }) {
  return (
    <Field label="Password" hint={made ? 'At least 8 characters' : undefined}>
      {wiring => (
        <Input
          {...wiring}
          name="password"
          type="password"
          autoComplete={made ? 'new-password' : 'current-password'}
          required
          autoFocus={autoFocus}
          minLength={made ? 8 : undefined}
          className="h-9 px-2.5"
        />
      )}
    </Field>
  )
}

'use client'

import { useMutation } from '@tanstack/react-query'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'
import { AccountForm } from './account-form'
import { EntranceFrame } from './entrance-frame'

/** An empty server's first owner: by the link printed at start, or, on loopback, whoever comes first. */
export function FoundScreen({ token }: { token?: string | undefined }) {
  const trpc = useTRPC()
  const found = useMutation(trpc.account.found.mutationOptions())
  return (
    <EntranceFrame
      title="Set up Trackside"
      lead="Nobody has an account here yet. The first one owns the first workspace."
    >
      <AccountForm
        act="Create the workspace"
        make={async (account, fields) => {
          const workspace = String(fields.get('workspace')).trim()
          const { slug } = await found.mutateAsync({ ...account, workspace, ...(token && { token }) })
          return slug ? `/${slug}` : '/'
        }}
      >
        <Field label="Workspace" hint="A team or a topic; its address is made from this">
          {wiring => (
            <Input {...wiring} name="workspace" required maxLength={100} autoComplete="off" className="h-9 px-2.5" />
          )}
        </Field>
      </AccountForm>
    </EntranceFrame>
  )
}

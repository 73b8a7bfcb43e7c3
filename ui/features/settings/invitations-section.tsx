'use client'

import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { TimeAgo } from '@/ui/format/time-ago'
import { Td, Tr } from '@/ui/kit/table'
import { useTRPC } from '@/ui/trpc/client'
import { ConfirmButton } from './confirm-button'
import { InviteDialog } from './invite-dialog'
import { roleLabel } from './roles'
import { SettingsSection } from './settings-section'
import { SettingsTable } from './settings-table'
import { useTold } from './use-told'

export function InvitationsSection({ workspace, may }: { workspace: string; may: readonly string[] }) {
  const trpc = useTRPC()
  const told = useTold()
  const { data: open } = useSuspenseQuery(trpc.members.invitations.queryOptions({ workspace }))
  const revoke = useMutation(
    trpc.members.revokeInvitation.mutationOptions(
      told({ done: 'Invitation revoked', stale: [trpc.members.invitations.queryFilter({ workspace })] }),
    ),
  )
  return (
    <SettingsSection
      title="Invitations"
      note="A link for one person. Send it yourself: it is shown once, when it is made."
      action={<InviteDialog workspace={workspace} may={may} />}
    >
      {open.length === 0 ? (
        <p className="t-small text-ink-3">No invitation is open.</p>
      ) : (
        <SettingsTable columns={['For', 'Role', 'Made', 'Ends']}>
          {open.map(invitation => (
            <Tr key={invitation.id}>
              <Td>{invitation.email ?? 'whoever has the link'}</Td>
              <Td>{roleLabel(invitation.role)}</Td>
              <Td className="text-ink-2">
                <TimeAgo at={invitation.createdAt.getTime()} />
              </Td>
              <Td className="text-ink-2">
                <TimeAgo at={invitation.expiresAt.getTime()} />
              </Td>
              <Td numeric>
                <ConfirmButton
                  label="Revoke"
                  title="Revoke the invitation"
                  act="Revoke the invitation"
                  pending={revoke.isPending}
                  onConfirm={() => revoke.mutate({ workspace, id: invitation.id })}
                >
                  The link for {invitation.email ?? 'whoever has it'} stops working at once.
                </ConfirmButton>
              </Td>
            </Tr>
          ))}
        </SettingsTable>
      )}
    </SettingsSection>
  )
}

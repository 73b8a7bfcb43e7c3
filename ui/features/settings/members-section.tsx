'use client'

import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { TimeAgo } from '@/ui/format/time-ago'
import { Avatar } from '@/ui/kit/avatar'
import { Badge } from '@/ui/kit/badge'
import { Select } from '@/ui/kit/select'
import { Td, Tr } from '@/ui/kit/table'
import { type RouterOutputs, useTRPC } from '@/ui/trpc/client'
import { ConfirmButton } from './confirm-button'
import { roleLabel, roles, rolesToGive } from './roles'
import { SettingsSection } from './settings-section'
import { SettingsTable } from './settings-table'
import { useTold } from './use-told'

type Member = RouterOutputs['members']['list'][number]

export function MembersSection({ workspace, may }: { workspace: string; may: readonly string[] }) {
  const trpc = useTRPC()
  const { data: members } = useSuspenseQuery(trpc.members.list.queryOptions({ workspace }))
  return (
    <SettingsSection title="Members" note={members.length === 1 ? 'One person' : `${members.length} people`}>
      <SettingsTable columns={['Person', 'Role', 'Joined']}>
        {members.map(member => (
          <MemberRow key={member.userId} member={member} workspace={workspace} may={may} />
        ))}
      </SettingsTable>
    </SettingsSection>
  )
}

function MemberRow({ member, workspace, may }: { member: Member; workspace: string; may: readonly string[] }) {
  const trpc = useTRPC()
  const told = useTold()
  const { userId, role, name, email, you } = member
  const stale = [trpc.members.list.queryFilter({ workspace })]
  const setRole = useMutation(trpc.members.setRole.mutationOptions(told({ done: `Role of ${name} changed`, stale })))
  const editable = may.includes(role === 'owner' ? 'members.own' : 'members.edit')
  return (
    <Tr>
      <Td className="h-11">
        <span className="flex items-center gap-2.5">
          <Avatar name={name} />
          <span className="min-w-0">
            <span className="flex items-center gap-2 font-medium">
              {name}
              {you ? <Badge>you</Badge> : null}
            </span>
            <span className="text-ink-3">{email}</span>
          </span>
        </span>
      </Td>
      <Td>
        {editable ? (
          <Select
            label={`Role of ${name}`}
            quiet
            value={role}
            disabled={setRole.isPending}
            options={role === 'owner' ? roles : rolesToGive(may)}
            onChange={next => setRole.mutate({ workspace, userId, role: next })}
            className="-ml-2"
          />
        ) : (
          roleLabel(role)
        )}
      </Td>
      <Td className="text-ink-2">
        <TimeAgo at={member.createdAt.getTime()} />
      </Td>
      <Td numeric>{editable || you ? <RemoveButton member={member} workspace={workspace} /> : null}</Td>
    </Tr>
  )
}

function RemoveButton({ member, workspace }: { member: Member; workspace: string }) {
  const trpc = useTRPC()
  const told = useTold()
  const { userId, name, you } = member
  const after = told({ done: `${name} removed`, stale: [trpc.members.list.queryFilter({ workspace })] })
  const remove = useMutation(trpc.members.remove.mutationOptions(after))
  const leave = useMutation(
    trpc.members.leave.mutationOptions({ ...after, onSuccess: () => window.location.assign('/') }),
  )
  return (
    <ConfirmButton
      label={you ? 'Leave' : 'Remove'}
      title={you ? 'Leave this workspace' : `Remove ${name}`}
      act={you ? 'Leave the workspace' : `Remove ${name}`}
      pending={remove.isPending || leave.isPending}
      onConfirm={() => (you ? leave.mutate({ workspace }) : remove.mutate({ workspace, userId }))}
    >
      {you ? 'You' : name} will no longer see its runs; keys made by {you ? 'you' : name} stop working at once. Runs
      stay.
    </ConfirmButton>
  )
}

'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { InvitationsSection } from './invitations-section'
import { MembersSection } from './members-section'

export function MembersScreen({ workspace }: { workspace: string }) {
  const trpc = useTRPC()
  const { data: place } = useSuspenseQuery(trpc.workspaces.get.queryOptions({ workspace }))
  return (
    <>
      <MembersSection workspace={workspace} may={place.may} />
      {place.may.includes('members.edit') ? <InvitationsSection workspace={workspace} may={place.may} /> : null}
    </>
  )
}

'use client'

import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { TimeAgo } from '@/ui/format/time-ago'
import { Badge } from '@/ui/kit/badge'
import { Button } from '@/ui/kit/button'
import { Td, Tr } from '@/ui/kit/table'
import { useTRPC } from '@/ui/trpc/client'
import { describeAgent } from './describe-agent'
import { SettingsSection } from './settings-section'
import { SettingsTable } from './settings-table'
import { useTold } from './use-told'

export function SessionsSection() {
  const trpc = useTRPC()
  const told = useTold()
  const { data: sessions } = useSuspenseQuery(trpc.account.sessions.queryOptions())
  const stale = [trpc.account.sessions.queryFilter()]
  const end = useMutation(trpc.account.endSession.mutationOptions(told({ done: 'Session ended', stale })))
  const endOthers = useMutation(
    trpc.account.endOtherSessions.mutationOptions(told({ done: 'Other sessions ended', stale })),
  )
  const others = sessions.filter(session => !session.current).length
  return (
    <SettingsSection
      title="Sessions"
      note="Where you are signed in. Ending one closes its open pages too."
      action={
        others > 0 ? (
          <Button look="danger" disabled={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {others === 1 ? 'End the other session' : `End ${others} other sessions`}
          </Button>
        ) : undefined
      }
    >
      <SettingsTable columns={['Browser', 'Address', 'Signed in', 'Last seen']}>
        {sessions.map(session => (
          <Tr key={session.id}>
            <Td className="max-w-64 truncate" title={session.agent ?? undefined}>
              {describeAgent(session.agent)}
            </Td>
            <Td className="text-ink-2">{session.address ?? 'unknown'}</Td>
            <Td className="text-ink-2">
              <TimeAgo at={session.createdAt.getTime()} />
            </Td>
            <Td className="text-ink-2">
              <TimeAgo at={session.lastSeenAt.getTime()} />
            </Td>
            <Td numeric>
              {session.current ? (
                <Badge tone="ok">this session</Badge>
              ) : (
                <Button
                  size="small"
                  look="quiet"
                  disabled={end.isPending}
                  onClick={() => end.mutate({ session: session.id })}
                >
                  End
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </SettingsTable>
    </SettingsSection>
  )
}

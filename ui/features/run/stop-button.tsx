'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Square } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/ui/kit/dialog'
import { toast } from '@/ui/kit/toaster'
import { useTRPC } from '@/ui/trpc/client'
import type { RunPlace } from './run-header'

/** Asks the training to end; it hears of it with its next ack. */
export function StopButton({ place, asked }: { place: RunPlace; asked: boolean }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const stop = useMutation(
    trpc.runs.requestStop.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.runs.get.queryFilter(place)),
      onError: error => toast.error(error.message),
    }),
  )
  if (asked) return <Button disabled>Stop asked for</Button>
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button disabled={stop.isPending}>
          <Square aria-hidden />
          Stop run
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Stop this run"
        footer={
          <>
            <DialogClose asChild>
              <Button>Let it train</Button>
            </DialogClose>
            <Button
              look="danger"
              onClick={() => {
                setOpen(false)
                stop.mutate(place)
              }}
            >
              Stop the run
            </Button>
          </>
        }
      >
        <p className="text-ink-2">
          The training process is asked to end, as Ctrl-C would. What it has logged stays and is delivered.
        </p>
      </DialogContent>
    </Dialog>
  )
}

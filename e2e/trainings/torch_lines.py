"""A PyTorch training with the README's lines in it."""

import sys

import torch

import trackside

torch.manual_seed(0)
inputs = torch.randn(512, 8)
labels = (inputs[:, 0] > 0).long()
model = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Linear(16, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)

with trackside.init(id=sys.argv[1], name=sys.argv[1], config={"lr": 0.02}) as run:
    for step in range(200):
        scores = model(inputs)
        loss = torch.nn.functional.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        accuracy = (scores.argmax(1) == labels).float().mean()
        run.log({"loss": loss, "accuracy": accuracy})
    receipt = run.finish()
print(f'{{"accuracy": {accuracy.item()}, "loss": {loss.item()}, "stored": {receipt["stored"]}}}')

#!/usr/bin/env bash
# Half an hour of training in three runs of at most ten minutes, for a GPU that is rented or shared by the run:
# short-runs.sh 1|2|3, in the repository's root.
# WORK holds sprites.bin, sprites.json, keywords.json and vocabulary.json of the stage `data`; what is finished comes
# home as pieces of at most 15 MiB in OUT. Every stage resumes, so a run may be done again.
set -euo pipefail
export PYTHONUNBUFFERED=1
work=${WORK:-training/work}
out=${OUT:?a folder for the finished pieces}

stage() { python3 -m training "$@" --work "$work" --bootstrap models/pocket; }

case ${1:?the number of the run} in
1) # pictures as sharp as the codebook allows, the exemplars, and a first half of the robust CLIP
  stage vqgan --minutes 3.5 --crop 128 --batch 128 --adversarial-after 1500 --last
  stage exemplars --batch 256
  stage clip --minutes 3.5 --attack-steps 2
  stage pieces --only vqgan clip --out "$out"
  cp "$work"/exemplars.npz "$out"/
  ;;
2) # the prior; composing keeps a processor core busy, so several processes share it
  for part in 0 1 2 3 4 5 6 7; do stage codes --minutes 1.5 --shards 128 --part "$part/8" & done
  wait
  stage prior --minutes 7.0 --last
  stage pieces --only prior --out "$out"
  ;;
3) # the second half of CLIP, the judge, and its verdict
  stage clip --minutes 3.0 --attack-steps 2 --last
  stage judge --minutes 3.0 --last
  stage pieces --only clip judge --out "$out"
  stage judge --score --paint 80 --samples 1
  cp "$work"/judged.log.jsonl "$out"/
  cp "$work"/judged-{prior,prior-guided}-0.png "$work"/judged-noise-guided.png "$out"/
  ;;
esac

// Most tests wait for the disk: a transaction flushes it about ten times. More of them at once than there are processors save half the time.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]

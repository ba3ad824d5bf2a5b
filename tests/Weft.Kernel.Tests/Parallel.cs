// One lab at a time: the cables' timing is what is measured.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

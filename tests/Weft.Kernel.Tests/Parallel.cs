// One lab at a time: the cables' timing is what is measured. And in the order of their names: xunit's own order hangs on the folder
// that the program lies in, and what one test leaves in its kernel (a module that gives every new namespace a link) the next one meets.

using Xunit.Sdk;
using Xunit.v3;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(Weft.Kernel.Tests.ByName))]
[assembly: TestCaseOrderer(typeof(Weft.Kernel.Tests.ByName))]

namespace Weft.Kernel.Tests;

/// <summary>The same order in every clone.</summary>
public sealed class ByName : ITestCollectionOrderer, ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => test.TestCaseDisplayName, StringComparer.Ordinal)];
}

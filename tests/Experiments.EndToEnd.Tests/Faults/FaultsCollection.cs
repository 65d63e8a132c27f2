namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>Tests that load the machine and take times: no other test runs beside one of them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsCollection
{
    public const string Name = "faults";
}

namespace Experiments.Client.Tests.Faults;

/// <summary>One S3 server for all of these tests.</summary>
[CollectionDefinition(Name)]
public sealed class FaultServer : ICollectionFixture<S3Server>
{
    public const string Name = "faults";
}

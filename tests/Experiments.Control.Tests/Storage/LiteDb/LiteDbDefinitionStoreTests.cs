using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class LiteDbDefinitionStoreTests : DefinitionStoreContract
{
    private readonly TempDirectory _directory = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<IDefinitionStore> OpenAsync() => Task.FromResult<IDefinitionStore>(new LiteDbDefinitionStore(_directory.Path));
}

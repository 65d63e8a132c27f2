using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Storage;
using Experiments.Control.Tests.Support;
using Experiments.Control.Versions;

namespace Experiments.Control.Tests.Versions;

public sealed class VersionContentsTests : IAsyncLifetime
{
    private readonly MemorySnapshotStore _store = new();
    private PublishBench? _bench;

    private PublishBench Bench => _bench!;

    public async Task InitializeAsync() => _bench = await PublishBench.CreateAsync(_store);

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    // As after a restart: nothing is remembered.
    [Fact]
    public async Task FindAsync_ReadAgain_SharesWithTheStoreWhatWasNotWrittenSince()
    {
        FlagDefinition same = await AddAsync("same");
        FlagDefinition changed = await AddAsync("changed");
        FlagDefinition back = await AddAsync("back");
        await Bench.PublishAsync();
        Bench.Time.Advance(TimeSpan.FromMinutes(1));
        await Bench.Definitions.WriteAsync(async writer =>
        {
            await writer.UpdateAsync(changed with { Name = "another", UpdatedAt = UtcTime.Now(Bench.Time) });
            await writer.DeleteAsync(back);

            // Counts from revision 1 again, and is not what it was.
            return await writer.InsertAsync(back with { Name = "another", UpdatedAt = UtcTime.Now(Bench.Time) }, keepsSequence: true);
        });

        (EnvironmentContent? kept, IReadOnlyList<FlagDefinition> stored) = await Bench.Definitions.ReadAsync(async reader => (
            await new VersionContents().FindAsync(reader, Bench.EnvironmentId, 1), await reader.GetAllAsync<FlagDefinition>(Bench.EnvironmentId)));

        Assert.Equal(["same", "changed", "back"], kept!.Flags.Select(static flag => flag.Key));
        Assert.Same(stored[0], kept.Flags[0]);
        Assert.Equal(["Name of same", "Name of changed", "Name of back"], kept.Flags.Select(static flag => flag.Name));
        Assert.Equal(["Name of same", "another", "another"], stored.Select(static flag => flag.Name));
        Assert.Equal((1, 1), (stored[2].Revision, kept.Flags[2].Revision));
        Assert.Equal(same.Id, kept.Flags[0].Id);
    }

    private async Task<FlagDefinition> AddAsync(string key)
    {
        var variant = new FlagVariantDefinition { Id = Guid.NewGuid(), Key = "on", Value = Samples.Json("true") };
        FlagDefinition flag = Samples.Flag(Bench.EnvironmentId, key) with { Variants = [variant] };
        return (await Bench.Definitions.WriteAsync(writer => writer.InsertAsync(flag)))!;
    }
}

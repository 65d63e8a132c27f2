using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Client.Tests.Faults;

/// <summary>A directory.</summary>
internal sealed class DirectoryFaultStore : FaultStore
{
    private readonly TempDirectory _directory = new();

    public string PathOf(string key) => _directory.PathOf(key);

    public override void Use(ExperimentsBuilder builder, string url) => builder.FromDirectory(_directory.Path);

    public override Task PutAsync(string key, byte[] content)
    {
        DirectoryStore.Write(_directory.Path, key, content);
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(string key)
    {
        File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return base.DisposeAsync();
    }
}

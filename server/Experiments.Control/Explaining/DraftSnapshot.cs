using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;
using Experiments.Control.Versions;

namespace Experiments.Control.Explaining;

/// <summary>The snapshot that a publish would make now.</summary>
internal static class DraftSnapshot
{
    /// <summary>Its version is the one after the live one: the next publish has that, or a later one.</summary>
    /// <param name="definitions">What it is compiled from.</param>
    /// <param name="environment">Whose snapshot it is.</param>
    /// <param name="now">When it would be published.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Not allowed where a publish would fail.</returns>
    public static async Task<Result<CompiledSnapshot>> CompileAsync(
        IDefinitionStore definitions, EnvironmentDefinition environment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (EnvironmentContent content, PublicationRecord? live) = await definitions.ReadAsync(
            async reader => (await EnvironmentContents.ReadAsync(reader, environment.Id), await reader.FindLiveAsync(environment.Id)),
            cancellationToken);
        SnapshotLoad load;
        try
        {
            ReadOnlyMemory<byte> json = SnapshotCompilation.Compile(environment, content, (live?.Version ?? 0) + 1, now);
            load = SnapshotReader.Read(json, environment.Name, version: null);
        }
        catch (InvalidDataException exception)
        {
            return new DomainError(DomainErrorCode.NotAllowed, $"The draft cannot be published: {exception.Message}");
        }

        return load.IsAccepted
            ? load.Snapshot
            : new DomainError(DomainErrorCode.NotAllowed, $"The draft cannot be published: {string.Join("; ", load.Faults)}.");
    }
}

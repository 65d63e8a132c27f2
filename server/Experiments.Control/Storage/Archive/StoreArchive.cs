using System.IO.Compression;
using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.Archive;

/// <summary>
/// All that a store holds, as a file of lines that does not depend on the kind of store: for backups, and to move from one store to another. The same
/// content gives the same lines.
/// </summary>
/// <remarks>
/// Gzip of NDJSON, as a header, records in a fixed order, and an end with their number and the SHA-256 of all lines before it. A file that is cut off or
/// changed restores nothing.
/// </remarks>
internal static class StoreArchive
{
    public const string Format = "experiments-store/1";

    private const int AuditPage = 1000;
    private const int PublicationPage = 500;

    /// <summary>Writes all of it as it was at one moment.</summary>
    /// <param name="store">Cannot be written to meanwhile where it is LiteDB, so the output should be fast.</param>
    /// <param name="output">Stays open. Where this fails, it holds a part of an archive, without an end.</param>
    /// <param name="cancellationToken">Ends it; the output is cut off then.</param>
    public static Task<StoreArchiveSummary> WriteAsync(IDefinitionStore store, Stream output, CancellationToken cancellationToken = default) =>

        // Once: what is in the output cannot be taken back, and a second attempt would write all of it again behind that.
        store.ReadOnceAsync(
            async reader =>
            {
                await using var compressed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
                return await WriteAsync(reader, compressed, cancellationToken);
            },
            cancellationToken);

    /// <summary>Reads an archive from its beginning to its end, without restoring it.</summary>
    /// <param name="input">Can seek; stays open.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">It is not one whole archive.</exception>
    public static StoreArchiveSummary Check(Stream input, CancellationToken cancellationToken = default)
    {
        input.Position = 0;
        using var compressed = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
        using var lines = new ArchiveReader(compressed);
        while (lines.Read() is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return lines.Summary!;
    }

    /// <summary>Fills an empty store. All of it, or nothing.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or of a newer version, the store is not empty, or would hold something else than the
    /// archive.</exception>
    public static async Task<StoreArchiveSummary> RestoreAsync(IDefinitionStore store, Stream input, CancellationToken cancellationToken = default)
    {
        StoreArchiveSummary? summary = null;
        await store.RestoreAsync(
            async restorer =>
            {
                if ((await restorer.ListEnvironmentsAsync(new PageRange(0, 1))).Total > 0)
                {
                    throw new InvalidDataException("The store is not empty: an archive is restored into an empty one.");
                }

                summary = await RestoreAsync(restorer, input);

                // Before the commit: what is not the same is not kept.
                StoreArchiveSummary held = await WriteAsync(restorer, Stream.Null, cancellationToken);
                if (held != summary)
                {
                    throw new InvalidDataException(
                        "The store would hold something else than the archive, so nothing was restored: "
                        + $"{held.Records} records, sha256 {held.Sha256}, instead of {summary.Records}, {summary.Sha256}.");
                }
            },
            cancellationToken);
        return summary!;
    }

    private static async ValueTask<StoreArchiveSummary> RestoreAsync(IStoreRestorer restorer, Stream input)
    {
        // Again from the start where the transaction is made again.
        input.Position = 0;
        using var compressed = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
        using var lines = new ArchiveReader(compressed);
        long last = 0;
        while (lines.Read() is { } line)
        {
            last = Math.Max(last, await RestoreAsync(restorer, line));
        }

        await restorer.ContinueAfterAsync(last);
        return lines.Summary!;
    }

    private static async ValueTask<StoreArchiveSummary> WriteAsync(IStoreReader reader, Stream output, CancellationToken cancellationToken)
    {
        using var lines = new ArchiveWriter(output);
        await WriteAsync(reader, lines, cancellationToken);
        return lines.Complete();
    }

    private static async ValueTask WriteAsync(IStoreReader reader, ArchiveWriter lines, CancellationToken cancellationToken)
    {
        foreach (EnvironmentDefinition environment in (await reader.ListEnvironmentsAsync(PageRange.All)).Items)
        {
            lines.Write(ArchiveRecords.Environment, environment);
            await WriteAllAsync<AudienceDefinition>(reader, lines, environment.Id);
            await WriteAllAsync<LayerDefinition>(reader, lines, environment.Id);
            await WriteAllAsync<HoldoutDefinition>(reader, lines, environment.Id);
            await WriteAllAsync<ExperimentDefinition>(reader, lines, environment.Id);
            await WriteAllAsync<FlagDefinition>(reader, lines, environment.Id);
            PublishState state = await reader.GetPublishStateAsync(environment.Id);
            if (state.Wanted > 0)
            {
                lines.Write(ArchiveRecords.PublishState, state);
            }

            for (long skip = 0; ; skip += PublicationPage)
            {
                cancellationToken.ThrowIfCancellationRequested();
                IReadOnlyList<PublicationRecord> page = (await reader.ListPublicationsAsync(environment.Id, new PageRange(skip, PublicationPage))).Items;
                foreach (PublicationRecord publication in page)
                {
                    lines.Write(ArchiveRecords.Publication, publication);
                    if (await reader.FindVersionContentAsync(environment.Id, publication.Version) is { } content)
                    {
                        lines.Write(ArchiveRecords.VersionContent, new VersionContent(environment.Id, publication.Version, content.ToArray()));
                    }
                }

                if (page.Count < PublicationPage)
                {
                    break;
                }
            }
        }

        long sequence = 0;
        while (await reader.ReadAuditAsync(sequence, AuditPage) is [.., var last] entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (AuditEntry entry in entries)
            {
                lines.Write(ArchiveRecords.Audit, entry);
            }

            sequence = last.Sequence;
        }
    }

    private static async ValueTask WriteAllAsync<T>(IStoreReader reader, ArchiveWriter lines, Guid environmentId)
        where T : class, IDefinition
    {
        foreach (T definition in (await reader.GetAllAsync<T>(environmentId)).OrderBy(static one => one.Sequence))
        {
            lines.Write(ArchiveRecords.NameOf<T>(), definition);
        }
    }

    /// <returns>The record's sequence; 0 where it has none.</returns>
    private static async ValueTask<long> RestoreAsync(IStoreRestorer restorer, ArchiveLine line)
    {
        switch (line.Kind)
        {
            case ArchiveRecords.Environment:
                await restorer.RestoreAsync(line.Read<EnvironmentDefinition>());
                return 0;
            case ArchiveRecords.Audience:
                return await RestoreAsync<AudienceDefinition>(restorer, line);
            case ArchiveRecords.Layer:
                return await RestoreAsync<LayerDefinition>(restorer, line);
            case ArchiveRecords.Holdout:
                return await RestoreAsync<HoldoutDefinition>(restorer, line);
            case ArchiveRecords.Experiment:
                return await RestoreAsync<ExperimentDefinition>(restorer, line);
            case ArchiveRecords.Flag:
                return await RestoreAsync<FlagDefinition>(restorer, line);
            case ArchiveRecords.PublishState:
                await restorer.RestoreAsync(line.Read<PublishState>());
                return 0;
            case ArchiveRecords.Publication:
                await restorer.RestoreAsync(line.Read<PublicationRecord>());
                return 0;
            case ArchiveRecords.VersionContent:
                VersionContent content = line.Read<VersionContent>();
                await restorer.KeepVersionContentAsync(content.EnvironmentId, content.Version, content.Content);
                return 0;
            case ArchiveRecords.Audit:
                AuditEntry entry = line.Read<AuditEntry>();
                await restorer.RestoreAsync(entry);
                return entry.Sequence;
            default:
                throw new InvalidDataException(
                    $"This archive is of a newer version of Experiments: line {line.Number} is of a kind that this one does not know: {line.Kind}.");
        }
    }

    private static async ValueTask<long> RestoreAsync<T>(IStoreRestorer restorer, ArchiveLine line)
        where T : class, IDefinition
    {
        T definition = line.Read<T>();
        await restorer.RestoreAsync(definition);
        return definition.Sequence;
    }
}

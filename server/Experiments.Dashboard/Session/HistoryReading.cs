using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Transfer;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>What entries of the audit log changed of flags and experiments, in words and line by line.</summary>
internal sealed class HistoryReading(IDefinitionStore store)
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue };

    // Other in every entry; when it was, the entry says itself.
    private static readonly string[] s_counters = ["sequence", "revision", "createdAt", "updatedAt"];

    // Longer ones are read when they are opened.
    private const int MaxSummarizedBytes = 64 * 1024;

    /// <summary>The first change of each in words, with how many more there are; null where that takes too long, and where there is none.</summary>
    public Task<IReadOnlyList<string?>> SummariesAsync(IReadOnlyList<AuditEntry> entries) => store.ReadAsync<IReadOnlyList<string?>>(async reader =>
    {
        List<string?> summaries = [];
        foreach (AuditEntry entry in entries)
        {
            summaries.Add(await SummaryAsync(reader, entry));
        }

        return summaries;
    });

    private static async ValueTask<string?> SummaryAsync(IStoreReader reader, AuditEntry entry)
    {
        if (entry is not { Before: { } before, After: { } after }
            || JsonMarshal.GetRawUtf8Value(before).Length + JsonMarshal.GetRawUtf8Value(after).Length > MaxSummarizedBytes)
        {
            return null;
        }

        IReadOnlyList<ChangeRow> changes = await WordsAsync(reader, entry);
        return changes.Count switch
        {
            0 => null,
            1 => changes[0].Text,
            _ => FormattableString.Invariant($"{changes[0].Text.TrimEnd('.')}, and {changes.Count - 1} more"),
        };
    }

    public async Task<HistoryEntry> ReadAsync(AuditEntry entry)
    {
        IReadOnlyList<ChangeRow> changes = entry is { Before: not null, After: not null }
            ? await store.ReadAsync(async reader => await WordsAsync(reader, entry))
            : [];
        (IReadOnlyList<DiffLine> before, IReadOnlyList<DiffLine> after) = LineDifference.Between(Text(entry.Before), Text(entry.After));
        return new HistoryEntry(changes, before, after);
    }

    private static async ValueTask<IReadOnlyList<ChangeRow>> WordsAsync(IStoreReader reader, AuditEntry entry)
    {
        if (await reader.FindEnvironmentAsync(entry.EnvironmentId) is not { } environment)
        {
            return [];
        }

        if (entry.Kind == ResourceKind.Flag)
        {
            FlagDefinition before = Definition<FlagDefinition>(entry.Before!.Value);
            FlagDefinition after = Definition<FlagDefinition>(entry.After!.Value);
            FlagRuleDefinition[] rules = [.. before.Rules, .. after.Rules];
            var planned = new PlannedState(new EnvironmentState
            {
                Environment = environment,
                Audiences = await FindAsync<AudienceDefinition>(reader, rules.Select(static rule => rule.AudienceId)),
                Layers = await FindAsync<LayerDefinition>(reader, rules.Select(static rule => rule.Split?.Weights.LayerId)),
                Holdouts = [],
                Experiments = await FindAsync<ExperimentDefinition>(reader, rules.Select(static rule => rule.ExperimentId)),
                Flags = [before],
            });
            planned.Flags.Put(after);
            return ChangeRow.Of(PlanChanges.Of(planned, out _));
        }

        if (entry.Kind == ResourceKind.Experiment)
        {
            ExperimentDefinition before = Definition<ExperimentDefinition>(entry.Before!.Value);
            ExperimentDefinition after = Definition<ExperimentDefinition>(entry.After!.Value);
            var planned = new PlannedState(new EnvironmentState
            {
                Environment = environment,
                Audiences = await FindAsync<AudienceDefinition>(reader, [before.AudienceId, after.AudienceId]),
                Layers = await FindAsync<LayerDefinition>(reader, [before.Split?.LayerId, after.Split?.LayerId]),
                Holdouts = [],
                Experiments = [before],
                Flags = [],
            });
            planned.Experiments.Put(after);
            return ChangeRow.Of(PlanChanges.Of(planned, out _));
        }

        return [];
    }

    /// <summary>As it was stored.</summary>
    public static T Definition<T>(JsonElement json)
        where T : class, IDefinition => json.Deserialize(StoredJsonContext.TypeInfo<T>())!;

    /// <summary>Those that are still there; what is gone goes by its id.</summary>
    private static async ValueTask<IReadOnlyList<T>> FindAsync<T>(IStoreReader reader, IEnumerable<Guid?> ids)
        where T : class, IDefinition
    {
        List<T> found = [];
        foreach (Guid id in ids.OfType<Guid>().Distinct())
        {
            if (await reader.FindAsync<T>(id) is { } definition)
            {
                found.Add(definition);
            }
        }

        return found;
    }

    private static string Text(JsonElement? definition)
    {
        if (definition is not { ValueKind: JsonValueKind.Object } json)
        {
            return "";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_indented))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in json.EnumerateObject().Where(static member => !s_counters.Contains(member.Name, StringComparer.Ordinal)))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

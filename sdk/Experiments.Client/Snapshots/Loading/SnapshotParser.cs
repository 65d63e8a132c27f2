using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Reads a snapshot in one pass, straight into its form in memory. Experiments are compiled where they stand; hashes, audiences and flags
/// refer to each other, and whether they count at all depends on the format, so they are read at the end.
/// </summary>
internal sealed class SnapshotParser
{
    private readonly SnapshotParts _parts = new();
    private readonly List<ParsedExperiment> _experiments = [];
    private readonly List<CompiledFlag> _flags = [];
    private readonly ExperimentParser _experimentParser;
    private readonly FlagParser _flagParser;
    private readonly HashParser _hashParser;

    public SnapshotParser()
    {
        _experimentParser = new ExperimentParser(_parts);
        _flagParser = new FlagParser(_parts);
        _hashParser = new HashParser(_parts);
    }

    /// <param name="utf8Json">Valid UTF-8.</param>
    /// <param name="version">The version that was asked for; it is in every decision.</param>
    /// <exception cref="JsonException">Not JSON, or not a snapshot.</exception>
    public ParsedSnapshot Parse(ReadOnlySpan<byte> utf8Json, long version)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        var members = new SnapshotMembers();
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "experiments"u8))
            {
                // Of a member that is there twice the last one counts, and what is compiled stays compiled.
                _experiments.Clear();
                members.HasExperiments = true;
                ParseExperiments(ref reader, utf8Json, version);
            }
            else
            {
                members.Read(ref reader);
            }
        }

        // Nothing but blanks may follow.
        reader.Read();
        if (!members.IsComplete)
        {
            JsonTokens.Refuse("a snapshot lacks a member");
        }

        if (members.Format == SnapshotFormat.Flags)
        {
            ParseFlags(ref members, utf8Json, version);
        }
        else
        {
            FailFormat2Operators();
        }

        return new ParsedSnapshot(
            members.Version, members.Environment!, new SnapshotAssembler(_parts, _experiments, _flags, members.Format).Assemble(
                version, members.Environment!, members.PublishedAt!));
    }

    /// <summary>What the snapshot says is its version.</summary>
    /// <exception cref="JsonException">Not JSON, or not a snapshot.</exception>
    public static long ReadVersion(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        var members = new SnapshotMembers();
        while (JsonTokens.NextMember(ref reader))
        {
            members.Read(ref reader);
        }

        return members.Version;
    }

    private void ParseExperiments(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json, long version)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        while (JsonTokens.NextElement(ref reader))
        {
            _experiments.Add(_experimentParser.Parse(ref reader, utf8Json, version));
        }
    }

    private void ParseFlags(ref SnapshotMembers members, ReadOnlySpan<byte> utf8Json, long version)
    {
        if (_experiments.Exists(static experiment => experiment.HasOddFlag))
        {
            JsonTokens.Refuse("the flag of an experiment is no string");
        }

        if (members.HasHashes)
        {
            _hashParser.Parse(ref members.Hashes, utf8Json);
        }

        if (members.HasAudiences)
        {
            ParseAudiences(ref members.Audiences, utf8Json);
        }

        if (members.HasFlags)
        {
            ref Utf8JsonReader flags = ref members.Flags;
            JsonTokens.Expect(in flags, JsonTokenType.StartArray);
            while (JsonTokens.NextElement(ref flags))
            {
                _flags.Add(_flagParser.Parse(ref flags, utf8Json, version));
            }
        }
    }

    private void ParseAudiences(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        while (JsonTokens.NextMember(ref reader))
        {
            string name = JsonText.Read(ref reader);
            int firstInstruction = _parts.Code.Count;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            _parts.Routines.SetEntry(_parts.Routines.Audience(name), ParseAudience(ref reader));
            _parts.Definitions.Add(
                Definition.OfAudience(name), Fingerprint.Of(utf8Json[start..(int)reader.BytesConsumed]), firstInstruction);
        }
    }

    private int ParseAudience(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        _parts.Predicates.Clear();
        CodeEmitter code = _parts.Code;
        code.Tracker.Begin(isExperiment: false);
        int predicate = Predicate.None;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "if"u8))
            {
                reader.Read();
                predicate = _parts.PredicateParser.Parse(ref reader);
            }
            else if (JsonTokens.Is(in reader, "dialect"u8))
            {
                Dialect.Demand(ref reader);
            }
            else if (JsonTokens.Is(in reader, "meta"u8))
            {
                JsonTokens.Skip(ref reader);
            }
            else
            {
                JsonTokens.Refuse("an audience has a member that this reader does not know");
            }
        }

        if (predicate == Predicate.None)
        {
            JsonTokens.Refuse("an audience needs a condition");
        }

        int entry = code.Emit(predicate, code.EndLabel(Ending.True), code.EndLabel(Ending.False));
        int place = code.TargetOf(entry);
        _parts.ResolveNested();
        code.Resolve();
        return place;
    }

    /// <summary>Readers of format 1 know seven operators; the others hold for nobody.</summary>
    private void FailFormat2Operators()
    {
        foreach (int place in _parts.Code.Tracker.Format2Instructions)
        {
            Instruction instruction = _parts.Code[place];
            _parts.Code.Replace(place, new Instruction { Operation = Operation.Jump, OnTrue = instruction.OnFalse, OnFalse = instruction.OnFalse });
        }
    }
}

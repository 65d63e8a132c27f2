using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The members of what a rule serves where that is no variant: a split, or a fault.</summary>
internal ref struct SplitMembers
{
    /// <summary>Stands on the array.</summary>
    public Utf8JsonReader Ranges;

    /// <summary>Stands on the value.</summary>
    public Utf8JsonReader If;

    /// <summary>Stands on the object.</summary>
    public Utf8JsonReader Sticky;

    public string? HashName { get; private set; }

    public bool HasRanges { get; private set; }

    public bool HasIf { get; private set; }

    public bool HasSticky { get; private set; }

    public bool MissStops { get; private set; }

    /// <summary>The ending; 0 where it is a split.</summary>
    public int Fault { get; private set; }

    /// <summary>Whether any member of a split is there.</summary>
    public bool HasSplit { get; private set; }

    /// <summary>Takes the member whose name the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "error"u8))
        {
            Fault = FaultParser.Read(ref reader);
            return;
        }

        HasSplit = true;
        if (JsonTokens.Is(in reader, "hash"u8))
        {
            HashName = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "ranges"u8))
        {
            Ranges = JsonTokens.Keep(ref reader);
            HasRanges = true;
        }
        else if (JsonTokens.Is(in reader, "if"u8))
        {
            If = JsonTokens.Keep(ref reader);
            HasIf = true;
        }
        else if (JsonTokens.Is(in reader, "sticky"u8))
        {
            Sticky = JsonTokens.Keep(ref reader);
            HasSticky = true;
        }
        else if (JsonTokens.Is(in reader, "miss"u8))
        {
            MissStops = ReadMiss(ref reader);
        }
        else
        {
            JsonTokens.Refuse("a split has a member that this reader does not know");
        }
    }

    private static bool ReadMiss(ref Utf8JsonReader reader)
    {
        string miss = JsonTokens.ReadText(ref reader);
        if (miss is not ("next" or "stop"))
        {
            JsonTokens.Refuse("miss is one of next, stop");
        }

        return miss == "stop";
    }
}

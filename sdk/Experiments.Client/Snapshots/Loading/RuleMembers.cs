using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The members of a flag's rule.</summary>
internal ref struct RuleMembers
{
    /// <summary>Stands on the value.</summary>
    public Utf8JsonReader If;

    /// <summary>Stands on the value.</summary>
    public Utf8JsonReader Serve;

    public string? Id { get; private set; }

    public string? Reason { get; private set; }

    public bool HasIf { get; private set; }

    public bool HasServe { get; private set; }

    /// <summary>Takes the member whose name the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "id"u8))
        {
            Id = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "reason"u8))
        {
            Reason = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "if"u8))
        {
            reader.Read();
            If = reader;
            HasIf = true;
            reader.Skip();
        }
        else if (JsonTokens.Is(in reader, "serve"u8))
        {
            reader.Read();
            Serve = reader;
            HasServe = true;
            reader.Skip();
        }
        else
        {
            JsonTokens.Skip(ref reader);
        }
    }
}

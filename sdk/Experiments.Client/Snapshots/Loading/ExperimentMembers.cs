using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The simple members of an experiment, and its allocations, which are read once its variants are known.</summary>
internal ref struct ExperimentMembers
{
    /// <summary>Stands on the array.</summary>
    public Utf8JsonReader Allocations;

    private bool _hasId;
    private bool _hasSalt;
    private bool _hasAllocations;

    public TextToken Id { get; private set; }

    public string? Key { get; private set; }

    public TextToken Salt { get; private set; }

    /// <summary>The flag that decides it; null where it decides for itself.</summary>
    public string? FlagKey { get; private set; }

    public bool HasVariants { get; set; }

    public readonly bool IsComplete => _hasId && Key is not null && _hasSalt && HasVariants && _hasAllocations;

    /// <summary>Takes the member whose name the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "id"u8))
        {
            Id = JsonTokens.ReadToken(ref reader);
            _hasId = true;
        }
        else if (JsonTokens.Is(in reader, "key"u8))
        {
            Key = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "salt"u8))
        {
            Salt = JsonTokens.ReadToken(ref reader);
            _hasSalt = true;
        }
        else if (JsonTokens.Is(in reader, "allocations"u8))
        {
            reader.Read();
            Allocations = reader;
            _hasAllocations = true;
            reader.Skip();
        }
        else if (JsonTokens.Is(in reader, "flag"u8))
        {
            // Readers of format 1 know no such member, so its type is looked at only where the format is 2.
            reader.Read();
            FlagKey = reader.TokenType == JsonTokenType.String ? Json.JsonText.Read(ref reader) : null;
            HasOddFlag = reader.TokenType != JsonTokenType.String;
            reader.Skip();
        }
        else
        {
            JsonTokens.Skip(ref reader);
        }
    }

    /// <summary>Whether <c>flag</c> is there and no string.</summary>
    public bool HasOddFlag { get; private set; }
}

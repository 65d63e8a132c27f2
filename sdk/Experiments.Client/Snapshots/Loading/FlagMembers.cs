using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The members of a flag; those that need others first are kept for later.</summary>
internal ref struct FlagMembers
{
    /// <summary>Stands on the object.</summary>
    public Utf8JsonReader Variants;

    /// <summary>Stands on the array.</summary>
    public Utf8JsonReader Rules;

    private bool _isDisabled;

    public string? Key { get; private set; }

    public string? Type { get; private set; }

    public readonly bool IsEnabled => !_isDisabled;

    public string? Off { get; private set; }

    public string? Default { get; private set; }

    public bool HasVariants { get; private set; }

    public bool HasRules { get; private set; }

    public bool HasDefaultLabel { get; private set; }

    public int DefaultLabel { get; private set; }

    public void SetDefaultLabel(int label)
    {
        DefaultLabel = label;
        HasDefaultLabel = true;
    }

    /// <summary>Takes the member whose name the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "key"u8))
        {
            Key = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "type"u8))
        {
            Type = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "dialect"u8))
        {
            Dialect.Demand(ref reader);
        }
        else if (JsonTokens.Is(in reader, "enabled"u8))
        {
            _isDisabled = !JsonTokens.ReadBoolean(ref reader);
        }
        else if (JsonTokens.Is(in reader, "off"u8))
        {
            reader.Read();
            Off = VariantKeys.Read(ref reader);
        }
        else if (JsonTokens.Is(in reader, "default"u8))
        {
            reader.Read();
            Default = VariantKeys.Read(ref reader);
        }
        else if (JsonTokens.Is(in reader, "variants"u8))
        {
            reader.Read();
            Variants = reader;
            HasVariants = true;
            reader.Skip();
        }
        else if (JsonTokens.Is(in reader, "rules"u8))
        {
            reader.Read();
            Rules = reader;
            HasRules = true;
            reader.Skip();
        }
        else
        {
            JsonTokens.Skip(ref reader);
        }
    }
}

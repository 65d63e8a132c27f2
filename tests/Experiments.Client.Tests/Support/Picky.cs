using System.Text.Json.Serialization;

namespace Experiments.Client.Tests;

/// <summary>A caller's type whose setter throws what it likes.</summary>
internal sealed class Picky
{
    [JsonPropertyName("size")]
    public int Size
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}

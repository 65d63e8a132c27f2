using System.Text.Json;
using Experiments.Control.Definitions;
using Json.Schema;

namespace Experiments.Dashboard.Models;

/// <summary>A JSON Schema while it is typed.</summary>
internal sealed class FlagSchema
{
    private readonly JsonSchema? _schema;

    public FlagSchema(string text)
    {
        Text = text;
        if (text.Trim().Length == 0)
        {
            return;
        }

        try
        {
            _schema = FlagValues.Read(JsonElement.Parse(text), out string? fault);
            Fault = fault is null ? null : $"The schema {fault}.";
        }
        catch (JsonException failure)
        {
            Fault = FormattableString.Invariant($"Not valid JSON: line {failure.LineNumber + 1}, character {failure.BytePositionInLine + 1}.");
        }
    }

    public string Text { get; }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Fault { get; }

    /// <summary>How a value does not fit; null where it does, and where it cannot be told.</summary>
    public string? FaultOf(string value)
    {
        if (_schema is null)
        {
            return null;
        }

        try
        {
            return FlagValues.Check(_schema, JsonElement.Parse(value)) is { } fault ? $"The value {fault}." : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

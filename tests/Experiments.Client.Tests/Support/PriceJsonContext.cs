using System.Text.Json.Serialization;

namespace Experiments.Client.Tests;

[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class PriceJsonContext : JsonSerializerContext;

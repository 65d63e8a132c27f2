using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Client.Testing;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TestingJsonContext : JsonSerializerContext;

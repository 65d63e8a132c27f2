using Experiments.Decide.Endpoints.Telemetry;
using Experiments.Server.Settings;

namespace Experiments.Server.Tests.Settings;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Read_NothingSaid_IsEverythingInOneProcess()
    {
        ServerSettings settings = SettingsOf.Read();
        Assert.Equal(ServerRoles.Control | ServerRoles.Decide | ServerRoles.Gateway | ServerRoles.Dashboard, settings.Roles);
        Assert.Equal("/srv/product/data", settings.DataDirectory);
        Assert.Equal("/srv/product/data/snapshots", settings.Control.Snapshots.Directory);
        Assert.Equal("/srv/product/data/last-good", settings.Decide.LastGoodDirectory);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Decide.PollInterval);
        Assert.Null(settings.Gateway.ControlUrl);
        Assert.Empty(settings.Gateway.DecideUrls);
        Assert.False(settings.Gateway.ForwardOtherPaths);
        Assert.Equal(300, settings.Gateway.RateLimit.PermitLimit);
        Assert.False(settings.ServesAtRoot);
    }

    [Theory]
    [InlineData("gateway", "http://localhost:3000", false)]
    [InlineData("control, decide", "http://localhost:3001", true)]
    [InlineData("CONTROL", "http://localhost:3001", true)]
    [InlineData("decide", "http://localhost:3002", true)]
    [InlineData("control,dashboard", "http://localhost:3000", false)]
    public void Read_Roles_DecideWhereItListensAndWhatTheRootServes(string roles, string address, bool servesAtRoot)
    {
        ServerSettings settings = SettingsOf.Read(("Experiments:Roles", roles));
        Assert.Equal(address, ListenAddresses.DefaultOf(settings));
        Assert.Equal(servesAtRoot, settings.ServesAtRoot);
    }

    [Fact]
    public void Read_GatewayAlone_ForwardsToTheUsualPorts()
    {
        ServerSettings settings = SettingsOf.Read(("Experiments:Roles", "gateway"));
        Assert.Equal(new Uri("http://localhost:3001"), settings.Gateway.ControlUrl);
        Assert.Equal([new Uri("http://localhost:3002")], settings.Gateway.DecideUrls);
        Assert.True(settings.Gateway.ForwardOtherPaths);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("3")]
    [InlineData("none")]
    [InlineData("control;decide")]
    public void Read_RolesThatAreNone_AreRefusedOrTheDefault(string roles)
    {
        if (roles.Length == 0)
        {
            Assert.True(SettingsOf.Read(("Experiments:Roles", roles)).Has(ServerRoles.Control));
            return;
        }

        SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(("Experiments:Roles", roles)));
        Assert.Contains("Experiments:Roles", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralProblems_ListsEachOnce()
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(
            ("Experiments:Snapshots:Kind", "tape"), ("Experiments:PollInterval", "never"), ("Experiments:AllowRemote", "yes")));
        Assert.Equal(3, refused.Message.Split("\n  - ").Length - 1);
    }

    [Fact]
    public void Read_BucketWithoutItsKind_IsRefused()
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(("Experiments:Snapshots:Bucket", "b")));
        Assert.Contains("Experiments:Snapshots:Kind is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MalformedRegionAndBucket_AreListedOnceBesideTheOthers()
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(
            ("Experiments:Snapshots:Kind", "s3"), ("Experiments:Snapshots:Bucket", "a/b"), ("Experiments:Snapshots:Region", "not a region"), ("Experiments:PollInterval", "never")));
        Assert.Contains("Experiments:Snapshots:Region is 'not a region'; allowed is ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Experiments:Snapshots:Bucket is 'a/b'; allowed is ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, refused.Message.Split("\n  - ").Length - 1);
    }

    [Fact]
    public void Read_ForwardedHeadersForEveryone_IsRefused()
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(("FORWARDEDHEADERS_ENABLED", "true")));
        Assert.Contains("Experiments:Gateway:TrustedProxies", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("ftp://collector")]
    [InlineData("/collector")]
    [InlineData(" ")]
    public void Read_CollectorOfTheStandardVariableThatIsNone_IsRefusedBesideTheOthers(string value)
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(("OTEL_EXPORTER_OTLP_ENDPOINT", value), ("Experiments:PollInterval", "never")));
        Assert.Contains($"an absolute http or https URL, here or in OTEL_EXPORTER_OTLP_ENDPOINT, which is '{value}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Experiments:PollInterval", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CollectorOfTheKey_CountsBeforeThatOfTheVariable()
    {
        Assert.Equal(
            new Uri("http://key:4317"), SettingsOf.Read(("Experiments:Telemetry:OtlpUrl", "http://key:4317"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense")).Telemetry.OtlpUrl);
        Assert.Equal(new Uri("http://variable:4317"), SettingsOf.Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://variable:4317")).Telemetry.OtlpUrl);
        Assert.Null(SettingsOf.Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "")).Telemetry.OtlpUrl);
    }

    [Fact]
    public void Read_ProtocolOfTheStandardVariable_IsTaken()
    {
        Assert.Equal(OtlpProtocol.Grpc, ProtocolOf(null));
        Assert.Equal(OtlpProtocol.Grpc, ProtocolOf(""));
        Assert.Equal(OtlpProtocol.Grpc, ProtocolOf("grpc"));
        Assert.Equal(OtlpProtocol.HttpProtobuf, ProtocolOf("http/protobuf"));

        static OtlpProtocol ProtocolOf(string? value) =>
            SettingsOf.Read(("Experiments:Telemetry:OtlpUrl", "http://collector"), ("OTEL_EXPORTER_OTLP_PROTOCOL", value)).Telemetry.OtlpProtocol;
    }

    [Theory]
    [InlineData("http/json")]
    [InlineData("udp")]
    public void Read_ProtocolThatIsNotSpoken_IsRefusedWhereSomethingIsSent(string value)
    {
        SettingsException refused = Assert.Throws<SettingsException>(
            () => SettingsOf.Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector"), ("OTEL_EXPORTER_OTLP_PROTOCOL", value)));
        Assert.Contains($"grpc or http/protobuf in OTEL_EXPORTER_OTLP_PROTOCOL, which is '{value}'", refused.Message, StringComparison.Ordinal);
        Assert.Null(SettingsOf.Read(("OTEL_EXPORTER_OTLP_PROTOCOL", value)).Telemetry.OtlpUrl);
    }

    [Fact]
    public void Read_ListOfAddresses_TakesAddressesAndNetworks()
    {
        ServerSettings settings = SettingsOf.Read(("Experiments:RateLimit:AllowList", "127.0.0.1, 10.0.0.0/8, ::1, ::ffff:192.0.2.1"));
        Assert.Equal(["127.0.0.1/32", "10.0.0.0/8", "::1/128", "192.0.2.1/32"], settings.Gateway.RateLimit.AllowList.Select(n => n.ToString()));
    }
}
